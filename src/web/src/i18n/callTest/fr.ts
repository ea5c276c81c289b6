import type { CallTestMessages } from './en';

export const fr: CallTestMessages = {
  'test.title': 'Préparer la visite',
  'test.lead':
    'Deux minutes pour vérifier caméra, micro, haut-parleur et connexion, sur l’appareil que vous utiliserez.',
  'test.leadAudio': 'Deux minutes pour vérifier micro, haut-parleur et connexion, sur l’appareil que vous utiliserez.',
  'test.step': 'Étape {{number}} sur {{count}}',
  'test.start': 'Commencer le test',
  'test.next': 'Cela marche, continuer',
  'test.nextAnyway': 'Continuer quand même',
  'test.skip': 'Passer',
  'test.toVisit': 'Retour au rendez-vous',
  'test.again': 'Refaire le test',
  'test.over': 'Cette visite est terminée : il n’y a plus rien à tester.',
  'test.private':
    'Pendant le test, image et son restent sur cet appareil. Rien n’est enregistré, ni maintenant ni pendant la visite.',

  'test.permission.title': 'Votre navigateur va vous poser une question',
  'test.permission.text': 'Il demande si ce site peut utiliser la caméra et le micro. Choisissez « Autoriser ».',
  'test.permission.textAudio': 'Il demande si ce site peut utiliser le micro. Choisissez « Autoriser ».',
  'test.permission.denied':
    'Ce navigateur ne laisse pas ce site utiliser la caméra ou le micro. Touchez le signe à gauche de l’adresse, autorisez caméra et micro, puis commencez.',
  'test.permission.deniedAudio':
    'Ce navigateur ne laisse pas ce site utiliser le micro. Touchez le signe à gauche de l’adresse, autorisez le micro, puis commencez.',
  'test.permission.asking': 'Répondez à la question du navigateur…',

  'test.devices': 'Vous voyez-vous ?',
  'test.devicesText':
    'C’est ainsi que l’autre personne vous verra. Dites quelques mots : la barre bouge quand le micro vous entend.',
  'test.devicesAudio': 'Vous entendons-nous ?',
  'test.devicesTextAudio': 'Dites quelques mots : la barre bouge quand le micro vous entend.',
  'test.yourself': 'Vous, comme votre caméra vous voit',
  'test.speak': 'Dites quelques mots',
  'test.heard': 'Nous vous entendons',
  'test.notHeard': 'Rien encore ? Regardez si le micro est coupé sur l’appareil ou sur le casque, et parlez plus près.',

  'test.camera.ok': 'La caméra fonctionne',
  'test.camera.denied': 'Le navigateur ne donne pas accès à la caméra',
  'test.camera.missing': 'Aucune caméra n’a été trouvée',
  'test.camera.busy': 'Un autre programme utilise la caméra',
  'test.camera.skipped': 'La caméra n’a pas été testée',
  'test.microphone.ok': 'Le micro fonctionne',
  'test.microphone.denied': 'Le navigateur ne donne pas accès au micro',
  'test.microphone.missing': 'Aucun micro n’a été trouvé',
  'test.microphone.busy': 'Un autre programme utilise le micro',
  'test.microphone.skipped': 'Le micro n’a encore entendu personne',
  'test.advice.denied':
    'Touchez le signe à gauche de l’adresse, autorisez caméra et micro pour ce site, puis refaites le test.',
  'test.advice.missing': 'Branchez-en un, ou prenez un autre appareil : un téléphone a les deux.',
  'test.advice.busy': 'Fermez les autres appels et les programmes qui filment, puis refaites le test.',
  'test.advice.skipped': 'Vous pouvez refaire le test à tout moment avant la visite.',

  'test.speaker': 'Nous entendez-vous ?',
  'test.speakerText': 'Nous jouons deux notes douces. Réglez le volume pour bien comprendre une voix.',
  'test.play': 'Jouer les notes',
  'test.playAgain': 'Jouer encore',
  'test.speakerQuestion': 'Avez-vous entendu deux notes ?',
  'test.yes': 'Oui, je les ai entendues',
  'test.no': 'Non',
  'test.stillNo': 'Toujours rien, continuer',
  'test.speakerHelp':
    'Montez le volume, vérifiez que l’appareil n’est pas en silencieux, débranchez ou branchez les écouteurs, et rejouez les notes.',
  'test.speaker.ok': 'Vous nous entendez',
  'test.speaker.silent': 'Vous n’avez pas entendu les notes',
  'test.speaker.skipped': 'Le haut-parleur n’a pas été testé',

  'test.network': 'Test de la connexion',
  'test.networkText': 'Cela prend une dizaine de secondes. Restez sur cette page.',
  'test.withoutNetwork': 'Continuer sans ce test',
  'test.stage.ways': 'Recherche d’un chemin vers le serveur…',
  'test.stage.delay': 'Mesure du temps que met un mot…',
  'test.stage.rate': 'Mesure de ce qui passe…',

  'test.line.good': 'La connexion est bonne',
  'test.line.around':
    'Votre réseau ne laisse passer l’appel que par un détour. Cela fonctionne ; sur un autre réseau, par exemple mobile, ce serait peut-être plus fluide.',
  'test.line.fair': 'La connexion est faible',
  'test.line.fairAdvice':
    'Vous vous entendrez ; l’image peut s’arrêter par moments. Rapprochez-vous de la box, et évitez films et téléchargements pendant la visite.',
  'test.line.poor': 'La connexion est trop faible pour un appel',
  'test.line.poorAdvice':
    'Rapprochez-vous de la box ou essayez le réseau mobile. Si rien n’y fait, la visite peut se tenir par téléphone ou par écrit : prévenez l’autre personne par message.',
  'test.line.shut': 'L’appel ne passe pas par ce réseau',
  'test.line.shutAdvice':
    'Certains réseaux d’entreprise ou d’hôtel bloquent les appels, certains VPN aussi. Coupez le VPN, ou essayez le réseau mobile ou un autre Wi-Fi, puis refaites le test.',
  'test.line.refused': 'Le serveur d’appels ne nous a pas laissé entrer',
  'test.line.refusedAdvice':
    'Votre réseau n’y est pour rien. Rechargez la page et refaites le test ; si cela persiste, prévenez ceux qui s’occupent de ce service.',
  'test.line.unknown': 'La connexion n’a pas été mesurée',
  'test.way.open': '{{way}} passe',
  'test.way.shut': '{{way}} est bloqué',
  'test.figures': '{{rate}} Mbit/s · {{trip}} ms aller-retour · {{loss}} % de pertes',

  'test.verdict.good': 'Tout est prêt pour votre visite',
  'test.verdictText.good': 'Le jour venu, prenez le même appareil, au même endroit.',
  'test.verdict.sound_only': 'Vous vous entendrez, peut-être sans image',
  'test.verdictText.sound_only': 'La visite peut se tenir. Voici ce qui pourrait aller mieux.',
  'test.verdict.bad': 'Quelque chose fait encore obstacle',
  'test.verdictText.bad': 'Voici quoi, et ce que vous pouvez faire. Vous avez le temps de refaire le test.',
  'test.kept': 'Le résultat est gardé avec le rendez-vous ; vous et votre praticien êtes seuls à le voir.',
  'test.notKept': 'Le résultat n’a pas pu être gardé avec le rendez-vous. Cela ne change rien pour vous.',

  'test.found.title': 'Test avant la visite',
  'test.found.none': '{{name}} n’a pas encore testé ses appareils et sa connexion.',
  'test.found.guest': 'Un invité',
  'test.found.when': 'Test fait {{when}}',
  'test.found.verdict.good': 'Vous verrez et entendrez bien {{name}}.',
  'test.found.verdict.sound_only': 'Vous entendrez {{name}} ; l’image peut manquer ou s’arrêter.',
  'test.found.verdict.bad': 'L’appel risque de ne pas passer avec {{name}} : préparez-vous à écrire ou à téléphoner.',
  'test.found.speaker.ok': 'Le haut-parleur s’entend',
  'test.found.speaker.silent': 'Le haut-parleur ne s’entendait pas',
  'test.found.rate': 'Débit',
  'test.found.unit.kilobits': '{{value}} kbit/s',
  'test.found.unit.megabits': '{{value}} Mbit/s',
  'test.found.trip': 'Aller-retour',
  'test.found.unit.milliseconds': '{{value}} ms',
  'test.found.loss': 'Pertes',
  'test.found.unit.percent': '{{value}} %',
};
