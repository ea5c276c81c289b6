using System.Collections.Frozen;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Colloque.Server.Http;

/// <summary>What a refusal's code says to a person, in French, English and Spanish. A code without a sentence of its own says its kind's.</summary>
public static class Sentences
{
    private static readonly FrozenDictionary<string, string[]> All = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        // code: fr, en, es
        ["unauthenticated"] = ["Connectez-vous pour continuer.", "Sign in to continue.", "Inicie sesión para continuar."],
        ["invalid_credentials"] = ["L’adresse ou le mot de passe ne convient pas.", "The e-mail address or the password is not right.", "La dirección o la contraseña no es correcta."],
        ["email_unverified"] = ["Confirmez d’abord votre adresse : le lien est dans votre boîte de réception.", "Confirm your address first: the link is in your inbox.", "Confirme primero su dirección: el enlace está en su bandeja de entrada."],
        ["approval_pending"] = ["Votre inscription attend l’accord de votre organisation.", "Your registration awaits your organization’s approval.", "Su registro espera la aprobación de su organización."],
        ["second_factor_setup_required"] = ["Configurez d’abord un second facteur.", "Set up a second factor first.", "Configure primero un segundo factor."],
        ["second_factor_mandatory"] = ["Votre rôle exige un second facteur : celui-ci est le dernier.", "Your role needs a second factor, and this is the last one.", "Su función exige un segundo factor y este es el último."],
        ["second_factor_set"] = ["Un second facteur existe déjà. Pour le remplacer, donnez votre mot de passe et un code.", "There is a second factor already. To replace it, give your password and a code.", "Ya existe un segundo factor. Para reemplazarlo, indique su contraseña y un código."],
        ["second_factor_not_set"] = ["Il n’y a pas de second facteur.", "There is no second factor.", "No hay segundo factor."],
        ["second_factor_not_begun"] = ["Recommencez la configuration : elle a expiré.", "Start the set-up again: it has expired.", "Vuelva a empezar la configuración: ha caducado."],
        ["below_floor"] = ["C’est moins que la durée minimale de conservation de ce serveur.", "This is less than the shortest time that this server keeps records.", "Es menos que el plazo mínimo de conservación de este servidor."],
        ["no_proof"] = ["Choisissez d’abord un mot de passe, ou ajoutez un second facteur : il faut prouver que c’est bien vous.", "Set a password or add a second factor first: you have to prove that it is you.", "Elija primero una contraseña o añada un segundo factor: hay que demostrar que es usted."],
        ["pdf_not_set"] = ["Ce serveur ne produit pas de PDF. Choisissez la page HTML et imprimez-la.", "This server makes no PDF. Choose the HTML page and print it.", "Este servidor no genera PDF. Elija la página HTML e imprímala."],
        ["challenge_spent"] = ["Cette connexion a expiré. Recommencez.", "This sign-in has expired. Start again.", "Este inicio de sesión ha caducado. Vuelva a empezar."],
        ["wrong_code"] = ["Ce code ne convient pas, ou a déjà servi.", "This code is not right, or has been used already.", "Este código no es correcto o ya se ha usado."],
        ["wrong_password"] = ["Ce n’est pas votre mot de passe.", "This is not your password.", "Esta no es su contraseña."],
        ["too_common"] = ["Ce mot de passe est trop facile à deviner.", "This password is too easy to guess.", "Esta contraseña es demasiado fácil de adivinar."],
        ["password_changed"] = ["Le mot de passe vient d’être modifié ailleurs.", "The password was changed elsewhere a moment ago.", "La contraseña acaba de cambiarse en otro lugar."],
        ["link_spent"] = ["Ce lien a déjà servi ou a expiré.", "This link has been used or has expired.", "Este enlace ya se usó o ha caducado."],
        ["forbidden"] = ["Votre rôle ne permet pas cette action.", "Your role does not allow this.", "Su función no permite esta acción."],
        ["not_found"] = ["Introuvable.", "Not found.", "No se ha encontrado."],
        ["invalid"] = ["Cette valeur ne convient pas.", "This value is not valid.", "Este valor no es válido."],
        ["required"] = ["Cette valeur est obligatoire.", "This value is required.", "Este valor es obligatorio."],
        ["too_long"] = ["Ce texte est trop long.", "This text is too long.", "Este texto es demasiado largo."],
        ["unknown_member"] = ["Ce champ n’existe pas ici.", "This member does not exist here.", "Este campo no existe aquí."],
        ["too_many_requests"] = ["Trop de demandes en peu de temps. Réessayez dans un instant.", "Too many requests in a short time. Try again in a moment.", "Demasiadas solicitudes en poco tiempo. Inténtelo de nuevo en un momento."],
        ["body_too_large"] = ["Cette demande est trop volumineuse.", "This request is too large.", "Esta solicitud es demasiado grande."],
        ["unsupported_media_type"] = ["Envoyez du JSON (application/json).", "Send JSON (application/json).", "Envíe JSON (application/json)."],
        ["method_not_allowed"] = ["Cette méthode n’existe pas ici.", "This method does not exist here.", "Este método no existe aquí."],
        ["unavailable"] = ["Momentanément indisponible. Rien n’est perdu : réessayez.", "Not available for a moment. Nothing is lost: try again.", "No disponible por un momento. No se ha perdido nada: inténtelo de nuevo."],
        ["internal"] = ["Une erreur est survenue de notre côté. Réessayez.", "Something went wrong on our side. Try again.", "Se ha producido un error por nuestra parte. Inténtelo de nuevo."],
        ["conflict"] = ["Ce n’est pas possible en l’état.", "This is not possible as things are.", "No es posible tal como están las cosas."],
        ["illegal_transition"] = ["La consultation n’est pas dans l’état voulu.", "The consultation is not in the right state for this.", "La consulta no está en el estado adecuado."],
        ["cancellation_deadline_passed"] = ["Il est trop tard pour annuler ou déplacer : prévenez votre praticien par message.", "It is too late to cancel or move it: send your practitioner a message.", "Es demasiado tarde para cancelar o cambiar la hora: avise a su profesional con un mensaje."],
        ["slot_taken"] = ["Ce créneau vient d’être pris. Choisissez-en un autre.", "This slot has just been taken. Choose another one.", "Este horario acaba de ocuparse. Elija otro."],
        ["patient_busy"] = ["Il y a déjà un rendez-vous à cette heure.", "There is another appointment at that time.", "Ya hay otra cita a esa hora."],
        ["hold_expired"] = ["Ce créneau n’est plus réservé pour vous. Choisissez-le de nouveau.", "This slot is not kept for you any more. Choose it again.", "Este horario ya no está reservado para usted. Elíjalo de nuevo."],
        ["idempotency_key_reused"] = ["Cette clé a déjà servi pour une autre réservation.", "This key has served for another booking already.", "Esta clave ya se usó para otra reserva."],
        ["already_waiting"] = ["Vous êtes déjà sur cette liste d’attente.", "You are on this waiting list already.", "Ya está en esta lista de espera."],
        ["not_a_slot"] = ["Aucun créneau ne commence à cette heure.", "No slot starts at that time.", "Ningún horario empieza a esa hora."],
        ["too_soon"] = ["C’est trop tôt pour ce praticien : choisissez plus tard.", "That is too soon for this practitioner: choose a later time.", "Es demasiado pronto para este profesional: elija más tarde."],
        ["too_far"] = ["C’est trop loin : ce calendrier n’est pas encore ouvert.", "That is too far ahead: this calendar is not open yet.", "Es demasiado lejos: este calendario aún no está abierto."],
        ["format_not_offered"] = ["Ce praticien ne propose pas ce format.", "This practitioner does not offer this format.", "Este profesional no ofrece este formato."],
        ["consultation_not_in_progress"] = ["La consultation n’est pas en cours.", "The consultation is not in progress.", "La consulta no está en curso."],
        ["join_link_gone"] = ["Ce lien n’est plus valable. Demandez-en un autre à la personne qui vous a invité.", "This link is no longer good. Ask whoever invited you for another.", "Este enlace ya no es válido. Pida otro a quien le invitó."],
        ["join_too_early"] = ["Il est trop tôt : revenez peu avant l’heure prévue.", "It is too early: come back shortly before the planned time.", "Es demasiado pronto: vuelva poco antes de la hora prevista."],
        ["join_code_spent"] = ["Ce code a servi, a expiré ou a été mal saisi trop souvent. Demandez-en un autre.", "This code was used, has expired or was mistyped too often. Ask for another.", "Este código ya se usó, caducó o se tecleó mal demasiadas veces. Pida otro."],
        ["join_code_not_needed"] = ["Ce lien ne demande pas de code.", "This link asks for no code.", "Este enlace no pide código."],
        ["too_many_links"] = ["Dix invitations au plus par consultation. Retirez-en une.", "Ten invitations a consultation at most. Take one back.", "Diez invitaciones por consulta como máximo. Retire una."],
        ["not_remote"] = ["Cette consultation a lieu sur place.", "This consultation takes place on site.", "Esta consulta es presencial."],
        ["session_ended"] = ["Cette téléconsultation est terminée.", "This remote consultation is over.", "Esta teleconsulta ha terminado."],
        ["outside_window"] = ["L’heure prévue de cette consultation est passée.", "The planned time of this consultation is over.", "La hora prevista de esta consulta ha pasado."],
        ["consultation_closed"] = ["La consultation est close : on ne peut plus y écrire.", "The consultation is closed: nothing can be written any more.", "La consulta está cerrada: ya no se puede escribir."],
        ["conversation_archived"] = ["Cette conversation est archivée : rouvrez-la pour y écrire.", "This conversation is archived: reopen it to write.", "Esta conversación está archivada: reábrala para escribir."],
        ["no_visit_with_patient"] = ["On n’écrit que pour un patient que l’on a en consultation.", "One writes only for a patient with whom one has a consultation.", "Solo se escribe para un paciente con quien se tiene una consulta."],
        ["record_changed"] = ["Une autre correction vient d’être faite : relisez d’abord.", "Another correction was made a moment ago: read it first.", "Acaba de hacerse otra corrección: léala primero."],
        ["record_key_reused"] = ["Cette clé a déjà servi pour une autre prescription ou un autre examen.", "This key has served for another prescription or exam already.", "Esta clave ya se usó para otra receta u otro examen."],
        ["file_is_report"] = ["Ce fichier est le compte rendu d’un examen : il reste.", "This file is an exam’s report: it stays.", "Este archivo es el informe de un examen: se conserva."],
        ["too_many"] = ["C’est trop à la fois.", "These are too many at once.", "Son demasiados a la vez."],
        ["duplicate_member"] = ["Ce champ est là deux fois.", "This field is there twice.", "Este campo está dos veces."],
        ["no_such_file"] = ["Ce fichier n’est pas dans cette conversation.", "This file is not in this conversation.", "Este archivo no está en esta conversación."],
        ["in_future"] = ["Cette date n’est pas encore venue.", "This date is yet to come.", "Esta fecha aún no ha llegado."],
        // Contract M's own words.
        ["AUTH_REQUIRED"] = ["Connectez-vous pour continuer.", "Sign in to continue.", "Inicie sesión para continuar."],
        ["SESSION_EXPIRED"] = ["Votre session a expiré. Reconnectez-vous.", "Your session has expired. Sign in again.", "Su sesión ha caducado. Vuelva a conectarse."],
        ["CONTEXT_ACCESS_DENIED"] = ["Vous n’avez pas accès à cette conversation.", "You have no access to this conversation.", "No tiene acceso a esta conversación."],
        ["RATE_LIMIT_EXCEEDED"] = ["Trop de demandes. Réessayez dans un moment.", "Too many requests. Try again in a moment.", "Demasiadas solicitudes. Inténtelo de nuevo en un momento."],
        ["no_such_message"] = ["Ce message n’est pas dans cette conversation.", "This message is not in this conversation.", "Este mensaje no está en esta conversación."],
        ["too_many_pins"] = ["Vingt messages épinglés au plus. Détachez-en un.", "Twenty pinned messages at most. Let one go.", "Veinte mensajes fijados como máximo. Suelte uno."],
        ["not_urgent"] = ["Ce message n’est pas marqué urgent.", "This message is not marked as urgent.", "Este mensaje no está marcado como urgente."],
        ["file_sent_already"] = ["Ces fichiers ont déjà été envoyés, dans des messages différents.", "These files were sent already, in different messages.", "Estos archivos ya se enviaron, en mensajes distintos."],
        ["no_care_relation"] = ["On ne peut écrire qu’à une personne avec laquelle on a une consultation ou une prescription.", "One can write only to somebody with whom one has a consultation or a prescription.", "Solo se puede escribir a alguien con quien se tiene una consulta o una receta."],
        ["client_msg_id_reused"] = ["Cet identifiant a déjà servi pour un autre message.", "This id has served for another message already.", "Este identificador ya se usó para otro mensaje."],
        ["own_message"] = ["C’est votre propre message.", "This is your own message.", "Es su propio mensaje."],
        ["not_your_message"] = ["Ce message n’est pas de vous.", "This message is not yours.", "Este mensaje no es suyo."],
        ["edit_window_over"] = ["Un message ne se modifie que pendant 15 minutes.", "A message can be changed for 15 minutes only.", "Un mensaje solo se puede cambiar durante 15 minutos."],
        ["message_deleted"] = ["Ce message a été supprimé.", "This message was deleted.", "Este mensaje se ha eliminado."],
        ["not_a_text"] = ["Seul un texte se modifie.", "Only a text can be changed.", "Solo se puede cambiar un texto."],
        ["too_many_emoji"] = ["Cinq réactions au plus par message.", "Five reactions a message at most.", "Cinco reacciones por mensaje como máximo."],
        ["upload_missing"] = ["Le fichier n’a pas encore été envoyé.", "The file has not been uploaded yet.", "El archivo aún no se ha enviado."],
        ["content_mismatch"] = ["Le fichier reçu n’est pas celui qui était annoncé.", "The file received is not the one announced.", "El archivo recibido no es el anunciado."],
        ["quota_reached"] = ["La place pour les fichiers est épuisée. Supprimez-en, ou adressez-vous à votre organisation.", "There is no room left for files. Delete some, or ask your organization.", "No queda espacio para archivos. Elimine alguno o consulte a su organización."],
        ["active_content"] = ["Ce document contient des macros, des scripts ou des liens automatiques : envoyez-le sans eux, par exemple imprimé en PDF.", "This document has macros, scripts or automatic links: send it without them, for example printed as a PDF.", "Este documento contiene macros, scripts o enlaces automáticos: envíelo sin ellos, por ejemplo impreso en PDF."],
        ["infected"] = ["Un logiciel malveillant a été trouvé dans ce fichier. Il a été supprimé.", "Malware was found in this file. It has been removed.", "Se ha encontrado software malicioso en este archivo. Se ha eliminado."],
        ["scan_unavailable"] = ["Ce fichier ne peut pas être examiné pour l’instant. Réessayez dans un moment.", "This file cannot be scanned at the moment. Try again in a while.", "Este archivo no se puede examinar por ahora. Inténtelo de nuevo en un momento."],
        ["unpacks_too_large"] = ["Ce fichier est démesuré une fois décompressé.", "This file is far too large once unpacked.", "Este archivo es desmesurado una vez descomprimido."],
        ["too_large"] = ["Ce fichier est trop volumineux (10 Mo au plus).", "This file is too large (10 MB at most).", "Este archivo es demasiado grande (10 MB como máximo)."],
        ["unsupported_type"] = ["Ce type de fichier n’est pas accepté.", "This type of file is not accepted.", "Este tipo de archivo no se acepta."],
        ["too_early"] = ["La salle d’attente n’est pas encore ouverte.", "The waiting room is not open yet.", "La sala de espera aún no está abierta."],
        ["not_waiting"] = ["Cette personne n’attend pas.", "This person is not waiting.", "Esta persona no está esperando."],
        ["already_taken"] = ["Un autre praticien s’en occupe déjà.", "Another practitioner has taken over already.", "Otro profesional ya se ocupa."],
        ["queue_not_shared"] = ["Ce praticien ne partage pas votre file d’attente.", "This practitioner does not share your queue.", "Este profesional no comparte su cola."],
        ["practitioner_busy"] = ["Ce praticien a une autre consultation à cette heure.", "This practitioner has another consultation at that time.", "Este profesional tiene otra consulta a esa hora."],
        ["specialty_missing"] = ["Indiquez d’abord votre spécialité dans votre profil.", "Say your specialty in your profile first.", "Indique primero su especialidad en su perfil."],
        ["room_closed"] = ["La salle n’est pas ouverte à présent.", "The room is not open at this time.", "La sala no está abierta en este momento."],
        ["jitsi_not_configured"] = ["La vidéo Jitsi n’est pas configurée ici.", "Jitsi video is not set up here.", "El vídeo de Jitsi no está configurado aquí."],
        ["livekit_not_configured"] = ["La vidéo LiveKit n’est pas configurée ici.", "LiveKit video is not set up here.", "El vídeo de LiveKit no está configurado aquí."],
        ["email_taken"] = ["Cette adresse est déjà utilisée.", "This e-mail address is in use already.", "Esta dirección ya está en uso."],
        ["slug_taken"] = ["Ce nom court est déjà utilisé.", "This short name is in use already.", "Este nombre corto ya está en uso."],
        ["password_set"] = ["Un mot de passe existe déjà.", "There is a password already.", "Ya existe una contraseña."],
        ["setup_link_spent"] = ["Ce lien a déjà servi ou a expiré.", "This link has been used or has expired.", "Este enlace ya se usó o ha caducado."],
        ["too_short"] = ["C’est trop court.", "This is too short.", "Es demasiado corto."],
        ["filename_invalid"] = ["Ce nom de fichier ne convient pas.", "This file name is not valid.", "Este nombre de archivo no es válido."],
        ["extension_mismatch"] = ["L’extension ne correspond pas au type du fichier.", "The extension does not fit the type of the file.", "La extensión no corresponde al tipo de archivo."],
        ["size_mismatch"] = ["La taille n’est pas celle qui était annoncée.", "The size is not the one announced.", "El tamaño no es el anunciado."],
        ["type_mismatch"] = ["Le type n’est pas celui qui était annoncé.", "The type is not the one announced.", "El tipo no es el anunciado."],
        ["too_many_uploads"] = ["Trop d’envois de fichiers en cours.", "Too many uploads under way.", "Demasiados envíos de archivos en curso."],
        ["upload_under_way"] = ["Ce fichier est en cours d’envoi.", "This file is being uploaded.", "Este archivo se está enviando."],
        ["link_invalid"] = ["Ce lien ne convient pas ou a expiré.", "This link is not valid or has expired.", "Este enlace no es válido o ha caducado."],
        ["file_unreadable"] = ["Ce fichier est illisible sur le serveur.", "This file cannot be read on the server.", "Este archivo no se puede leer en el servidor."],
        ["storage_unavailable"] = ["L’espace de fichiers est momentanément indisponible.", "The file store is not available for a moment.", "El almacén de archivos no está disponible por un momento."],
        ["sign_on_lost"] = ["Cette connexion a commencé ailleurs ou a duré trop longtemps. Recommencez.", "This sign-in began elsewhere or took too long. Begin again.", "Este inicio de sesión empezó en otro lugar o tardó demasiado. Empiece de nuevo."],
        ["sign_on_denied"] = ["La connexion a été refusée ou interrompue chez votre fournisseur.", "The sign-in was refused or cancelled at your provider.", "El inicio de sesión se rechazó o se canceló en su proveedor."],
        ["sign_on_unproven"] = ["La réponse de votre fournisseur ne suffit pas à vous reconnaître. Recommencez.", "Your provider’s answer does not prove who you are. Begin again.", "La respuesta de su proveedor no demuestra quién es. Empiece de nuevo."],
        ["sign_on_no_account"] = ["Aucun compte ne correspond ici à votre identité. Adressez-vous à votre organisation.", "No account here goes with your identity. Ask your organization.", "Ninguna cuenta corresponde aquí a su identidad. Diríjase a su organización."],
        ["sign_on_provider_away"] = ["Votre fournisseur de connexion ne répond pas. Réessayez, ou connectez-vous avec un mot de passe.", "Your sign-on provider does not answer. Try again, or sign in with a password.", "Su proveedor de inicio de sesión no responde. Inténtelo de nuevo o use una contraseña."],
        ["domain_taken"] = ["Ce domaine est déjà celui d’une autre organisation.", "This domain is another organization’s already.", "Este dominio ya es de otra organización."],
        ["domain_set_by_platform"] = ["Seule la plateforme attribue les domaines.", "Only the platform assigns domains.", "Solo la plataforma asigna los dominios."],
        ["public_mail_domain"] = ["N’importe qui peut avoir une adresse de ce domaine.", "Anybody can have an address of this domain.", "Cualquiera puede tener una dirección de este dominio."],
        ["employee_already_active"] = ["Cette personne a déjà activé son compte.", "This person has activated their account already.", "Esta persona ya ha activado su cuenta."],
        ["employee_inactive"] = ["Cette personne est désactivée.", "This person is deactivated.", "Esta persona está desactivada."],
        ["employee_not_pending"] = ["Cette personne n’attend pas d’approbation.", "This person does not await approval.", "Esta persona no espera aprobación."],
        ["import_under_way"] = ["Une autre liste est en cours d’importation.", "Another list is being imported.", "Se está importando otra lista."],
        ["import_ended"] = ["Cette importation est terminée.", "This import has ended.", "Esta importación ha terminado."],
        ["import_cancelled"] = ["L’importation a été annulée ; rien n’a changé.", "The import was cancelled; nothing has changed.", "La importación se ha cancelado; nada ha cambiado."],
        ["malformed_quoting"] = ["Des guillemets sont mal placés dans cette ligne.", "Quotes are misplaced in this row.", "Hay comillas mal colocadas en esta fila."],
        ["cell_too_long"] = ["Une cellule de cette ligne est trop longue.", "A cell of this row is too long.", "Una celda de esta fila es demasiado larga."],
        ["too_many_columns"] = ["Cette ligne a trop de colonnes.", "This row has too many columns.", "Esta fila tiene demasiadas columnas."],
        ["too_many_cells"] = ["Cette ligne a plus de cellules que la ligne des titres.", "This row has more cells than the row of headings.", "Esta fila tiene más celdas que la fila de títulos."],
        ["too_many_rows"] = ["La liste est trop longue : 200 000 lignes au plus.", "The list is too long: 200,000 rows at most.", "La lista es demasiado larga: 200 000 filas como máximo."],
        ["not_text"] = ["Ce n’est pas un fichier texte CSV.", "This is not a CSV text file.", "No es un archivo de texto CSV."],
        ["mixed_encoding"] = ["Cette ligne n’a pas le même encodage que les précédentes.", "This row is not encoded as those before it.", "Esta fila no tiene la misma codificación que las anteriores."],
        ["unsupported_encoding"] = ["Enregistrez le fichier en UTF-8.", "Save the file as UTF-8.", "Guarde el archivo en UTF-8."],
        ["column_missing"] = ["Cette colonne manque : vérifiez la ligne des titres.", "This column is missing: check the row of headings.", "Falta esta columna: revise la fila de títulos."],
        ["column_repeated"] = ["Cette colonne existe deux fois.", "This column is there twice.", "Esta columna aparece dos veces."],
        ["duplicate_row"] = ["Cette adresse figure déjà plus haut dans la liste.", "This address is further up in the list already.", "Esta dirección ya figura más arriba en la lista."],
        ["passkey_refused"] = ["Cette clé d’accès n’a pas été acceptée. Recommencez.", "This passkey was not accepted. Try again.", "Esta clave de acceso no se ha aceptado. Inténtelo de nuevo."],
        ["passkey_known"] = ["Cette clé d’accès est déjà enregistrée.", "This passkey is registered already.", "Esta clave de acceso ya está registrada."],
        ["too_many_passkeys"] = ["Vous avez déjà le nombre maximal de clés d’accès (20).", "You have as many passkeys as one may have (20).", "Ya tiene el máximo de claves de acceso (20)."],
        ["passkeys_need_a_domain"] = ["Les clés d’accès demandent un nom de domaine : ouvrez le serveur par son nom.", "Passkeys need a domain name: open the server by its name.", "Las claves de acceso necesitan un nombre de dominio: abra el servidor por su nombre."],
        ["malformed_form"] = ["Ce n’est pas un formulaire bien formé.", "This is not a well-formed form.", "No es un formulario bien formado."],
        ["too_many_files"] = ["Vous avez déjà trop de fichiers : supprimez-en un d’abord.", "There are too many files: remove one first.", "Hay demasiados archivos: elimine uno primero."],
        ["unsupported_picture"] = ["Choisissez une image JPEG, PNG, GIF ou WebP.", "Choose a JPEG, PNG, GIF or WebP picture.", "Elija una imagen JPEG, PNG, GIF o WebP."],
        ["picture_unreadable"] = ["Cette image est abîmée.", "This picture is damaged.", "Esta imagen está dañada."],
        ["push_endpoint"] = ["Cette adresse de notification ne convient pas.", "This push address is not valid.", "Esta dirección de notificación no es válida."],
        ["too_many_pixels"] = ["Cette image est trop grande (trop de pixels).", "This picture is too large (too many pixels).", "Esta imagen es demasiado grande (demasiados píxeles)."],
        ["time_zone_unknown"] = ["Ce fuseau horaire n’existe pas.", "There is no such time zone.", "Esta zona horaria no existe."],
        ["period_not_closed"] = ["Ce mois n’est pas encore clos : son rapport vient ensuite.", "This month is not closed yet: its report comes after.", "Este mes aún no está cerrado: su informe llegará después."],
        ["usage_report_set_by_organization"] = ["Seule l’organisation choisit son rapport d’utilisation.", "Only the organization chooses its usage report.", "Solo la organización elige su informe de uso."],
        ["availability_overlap"] = ["Une autre règle couvre déjà une partie de ces heures.", "Another rule covers a part of these hours already.", "Otra regla ya cubre parte de estas horas."],
        ["availability_full"] = ["Vous avez mille règles : supprimez-en d’abord.", "You have a thousand rules: remove some first.", "Tiene mil reglas: elimine algunas primero."],
        ["pg_dump_missing"] = ["Cette machine n’a pas pg_dump : aucune sauvegarde possible.", "This machine has no pg_dump: no backup can be made.", "Esta máquina no tiene pg_dump: no se puede hacer ninguna copia."],
        ["backup_under_way"] = ["Une sauvegarde est déjà en cours.", "A backup is under way already.", "Ya hay una copia de seguridad en curso."],
        ["call_answered_elsewhere"] = ["Vous êtes déjà dans cet appel sur un autre appareil.", "You are in this call on another device already.", "Ya está en esta llamada en otro dispositivo."],
        ["call_over"] = ["Cet appel est terminé.", "This call is over.", "Esta llamada ha terminado."],
        ["call_ringing"] = ["L’appel n’a pas encore été pris.", "Nobody has answered the call yet.", "Nadie ha contestado todavía a la llamada."],
        ["call_full"] = ["Quatre personnes sont déjà dans l’appel.", "Four people are in the call already.", "Ya hay cuatro personas en la llamada."],
        ["call_not_joined"] = ["Vous n’êtes pas dans cet appel.", "You are not in this call.", "No está en esta llamada."],
        ["malformed_json"] = ["Ce n’est pas du JSON bien formé.", "This is not well-formed JSON.", "No es un JSON bien formado."],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The sentence of a code.</summary>
    /// <param name="code">A refusal's code.</param>
    /// <param name="kind">Says its kind's sentence where the code has none.</param>
    /// <param name="language">fr, en or es.</param>
    public static string Of(string code, RefusalKind kind, string language)
    {
        var sentence = All.TryGetValue(code, out var own) ? own : All[Problems.CodeOf(kind)];
        return language switch { "fr" => sentence[0], "es" => sentence[2], _ => sentence[1] };
    }

    /// <summary>The best of fr, en and es for an Accept-Language header; en where it names none.</summary>
    public static string Language(StringValues acceptLanguage)
    {
        if (!StringWithQualityHeaderValue.TryParseList(acceptLanguage, out var wishes))
        {
            return "en";
        }

        foreach (var wish in wishes.Where(static w => w.Quality is not 0).OrderByDescending(static w => w.Quality ?? 1))
        {
            var tag = wish.Value.AsSpan();
            foreach (var language in (ReadOnlySpan<string>)["fr", "en", "es"])
            {
                if (tag.StartsWith(language, StringComparison.OrdinalIgnoreCase) && (tag.Length == 2 || tag[2] == '-'))
                {
                    return language;
                }
            }
        }

        return "en";
    }
}
