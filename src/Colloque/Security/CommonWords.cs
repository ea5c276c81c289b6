using System.Collections.Frozen;

namespace Colloque.Security;

/// <summary>What passwords are made of when people are in a hurry: words, names, teams, keys beside each other; lower case, without accents.</summary>
internal static class CommonWords
{
    private const string Keys =
        """
        qwerty qwertz azerty qwertyuiop azertyuiop qwertzuiop asdfgh asdfghjkl qsdfgh qsdfghjklm zxcvbn zxcvbnm wxcvbn qazwsx qazwsxedc aqwzsx
        aqwzsxedc qweasd qweasdzxc azeqsd poiuyt poiuytrewq poiuytreza lkjhgf lkjhgfdsa mnbvcxz asdasd qweqwe azeaze zaqxsw zaqwsx asdf qwer azer zxcv qazxsw
        abc abcd abcde abcdef abcdefg abcdefgh abcabc abcdabcd aaa aaaa aaaaaa xxx xxxx xxxxxx zzzzzz
        """;

    private const string English =
        """
        password passwort passw passwd pass passcode passphrase passkey secret letmein welcome admin administrator root user guest login test testing tester demo
        default changeme change master superman batman spiderman ironman hulk joker monkey dragon football baseball basketball soccer hockey tennis golf
        sunshine princess iloveyou lovely love loveme lover sweetheart sweetie sweet honey baby babygirl babyboy angel angels shadow michael jordan jennifer
        jessica ashley amanda daniel matthew andrew joshua robert thomas michelle nicole hannah samantha elizabeth charlie george harley ranger hunter
        buster pepper ginger cookie chocolate cheese banana orange apple peaches cherry summer winter spring autumn january february march april june july august
        september october november december monday tuesday wednesday thursday friday saturday sunday flower flowers rainbow butterfly purple yellow silver
        golden diamond blue black white green computer internet google facebook twitter instagram youtube microsoft windows samsung iphone android apple linux
        ubuntu oracle starwars pokemon pikachu naruto minecraft fortnite gandalf hobbit matrix trustno trustme whatever nothing freedom forever friends friend
        family mother father daddy mommy mustang ferrari porsche mercedes corvette yamaha toyota hello goodbye hellokitty killer death fuckyou fuckoff asshole
        biteme bigdog doggie puppy kitty kitten tigger tiger lion eagle eagles falcon wolf panther dolphin chicken turtle elephant access security secure
        system server network database manager office company business money dollar bitcoin lucky jesus christ heaven blessed god godisgood faith hope
        christmas halloween birthday holiday vacation travel music guitar piano dance singer player gamer winner champion legend hero ninja samurai
        pirate wizard magic unicorn phoenix thunder storm ocean mountain river island london paris america england france spain germany canada mexico
        brazil argentina chelsea arsenal liverpool manchester united barcelona madrid juventus doctor nurse patient hospital clinic health medical
        medicine therapy consultation practice colloque teleconsultation care
        """;

    private const string French =
        """
        motdepasse mdp passe bonjour bonsoir salut coucou bienvenue soleil lune etoile chouchou doudou loulou cherie cheri amour jetaime monamour moncoeur
        coeur chaton chat chien lapin nounours marseille bordeaux lyon toulouse nantes lille rennes strasbourg nice montpellier grenoble bretagne
        corse alsace normandie provence camille nicolas julien thomas maxime antoine alexandre vincent sebastien laurent philippe christophe
        stephane isabelle nathalie catherine sandrine valerie veronique celine aurelie emilie pauline charlotte manon chloe lucas hugo arthur louis
        gabriel raphael jules leo emma lea louise alice juliette jeanne marie martine monique francoise jacques pierre michel bernard patrick
        printemps ete automne hiver janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre lundi mardi mercredi jeudi
        vendredi samedi dimanche vacances voyage maison famille maman papa enfant bebe princesse papillon fleur rose violette coquelicot chocolat
        fromage vanille fraise cerise citron orange pomme banane secret ordinateur internet azerty football rugby olympique psg om liberte egalite fraternite
        docteur medecin infirmiere patient hopital clinique cabinet sante pharmacie rendezvous psychologue travail bureau entreprise
        """;

    private const string Spanish =
        """
        contrasena clave hola buenosdias bienvenido bienvenida teamo tequiero amor amorcito micorazon corazon cielo princesa reina bonita hermosa
        guapa guapo chiquita chiquito familia mama papa mimama mipapa hermano hermana bebe mariposa flor rosa estrella luna sol playa verano invierno
        primavera otono enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre lunes martes miercoles jueves
        viernes sabado domingo alejandro alejandra carlos fernando francisco javier manuel miguel roberto ricardo eduardo antonio jose juan pedro pablo
        diego sergio andres daniela gabriela valentina camila mariana carolina patricia veronica guadalupe rosario carmen lucia sofia paula laura
        elena beatriz cristina barcelona realmadrid atletico sevilla valencia bilbao madrid espana mexico colombia argentina peru chile venezuela futbol
        chocolate fresa manzana naranja perro gato conejo tigre leon caballo jesus jesucristo dios diosesamor virgen esperanza libertad secreto
        administrador usuario prueba computadora internet doctor medico enfermera paciente hospital clinica salud farmacia trabajo oficina empresa
        """;

    internal static readonly FrozenSet<string> All =
        (Keys + ' ' + English + ' ' + French + ' ' + Spanish).Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
