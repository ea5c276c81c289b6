import type { CallTestMessages } from './en';

export const es: CallTestMessages = {
  'test.title': 'Preparar la visita',
  'test.lead': 'Dos minutos para comprobar cámara, micrófono, altavoz y conexión, en el dispositivo que usará.',
  'test.leadAudio': 'Dos minutos para comprobar micrófono, altavoz y conexión, en el dispositivo que usará.',
  'test.step': 'Paso {{number}} de {{count}}',
  'test.start': 'Empezar la prueba',
  'test.next': 'Funciona, continuar',
  'test.nextAnyway': 'Continuar de todos modos',
  'test.skip': 'Omitir',
  'test.toVisit': 'Volver a la cita',
  'test.again': 'Repetir la prueba',
  'test.over': 'Esta visita ha terminado: ya no hay nada que probar.',
  'test.private':
    'Durante la prueba, imagen y sonido no salen de este dispositivo. No se graba nada, ni ahora ni durante la visita.',

  'test.permission.title': 'Su navegador le hará una pregunta',
  'test.permission.text': 'Pregunta si este sitio puede usar la cámara y el micrófono. Elija «Permitir».',
  'test.permission.textAudio': 'Pregunta si este sitio puede usar el micrófono. Elija «Permitir».',
  'test.permission.denied':
    'Este navegador no deja que este sitio use la cámara o el micrófono. Toque el signo a la izquierda de la dirección, permita cámara y micrófono, y empiece.',
  'test.permission.deniedAudio':
    'Este navegador no deja que este sitio use el micrófono. Toque el signo a la izquierda de la dirección, permita el micrófono, y empiece.',
  'test.permission.asking': 'Responda a la pregunta del navegador…',

  'test.devices': '¿Se ve usted?',
  'test.devicesText': 'Así le verá la otra persona. Diga unas palabras: la barra se mueve cuando el micrófono le oye.',
  'test.devicesAudio': '¿Le oímos?',
  'test.devicesTextAudio': 'Diga unas palabras: la barra se mueve cuando el micrófono le oye.',
  'test.yourself': 'Usted, como le ve su cámara',
  'test.speak': 'Diga unas palabras',
  'test.heard': 'Le oímos',
  'test.notHeard':
    '¿Nada todavía? Mire si el micrófono está apagado en el dispositivo o en los auriculares, y hable más cerca.',

  'test.camera.ok': 'La cámara funciona',
  'test.camera.denied': 'El navegador no da acceso a la cámara',
  'test.camera.missing': 'No se encontró ninguna cámara',
  'test.camera.busy': 'Otro programa usa la cámara',
  'test.camera.skipped': 'La cámara no se ha probado',
  'test.microphone.ok': 'El micrófono funciona',
  'test.microphone.denied': 'El navegador no da acceso al micrófono',
  'test.microphone.missing': 'No se encontró ningún micrófono',
  'test.microphone.busy': 'Otro programa usa el micrófono',
  'test.microphone.skipped': 'El micrófono aún no ha oído a nadie',
  'test.advice.denied':
    'Toque el signo a la izquierda de la dirección, permita cámara y micrófono para este sitio, y repita la prueba.',
  'test.advice.missing': 'Conecte uno, o use otro dispositivo: un teléfono tiene ambos.',
  'test.advice.busy': 'Cierre otras llamadas y programas que graban imagen, y repita la prueba.',
  'test.advice.skipped': 'Puede repetir la prueba en cualquier momento antes de la visita.',

  'test.speaker': '¿Nos oye?',
  'test.speakerText': 'Tocamos dos notas suaves. Ajuste el volumen para entender bien una voz.',
  'test.play': 'Tocar las notas',
  'test.playAgain': 'Tocar otra vez',
  'test.speakerQuestion': '¿Ha oído dos notas?',
  'test.yes': 'Sí, las he oído',
  'test.no': 'No',
  'test.stillNo': 'Sigo sin oír nada, continuar',
  'test.speakerHelp':
    'Suba el volumen, compruebe que el dispositivo no está en silencio, desconecte o conecte los auriculares, y toque las notas otra vez.',
  'test.speaker.ok': 'Usted nos oye',
  'test.speaker.silent': 'No ha oído las notas',
  'test.speaker.skipped': 'El altavoz no se ha probado',

  'test.network': 'Prueba de la conexión',
  'test.networkText': 'Tarda unos diez segundos. Quédese en esta página.',
  'test.withoutNetwork': 'Continuar sin esta prueba',
  'test.stage.ways': 'Buscando un camino hasta el servidor…',
  'test.stage.delay': 'Midiendo cuánto tarda una palabra…',
  'test.stage.rate': 'Midiendo cuánto pasa…',

  'test.line.good': 'La conexión es buena',
  'test.line.around':
    'Su red solo deja pasar la llamada por un rodeo. Funciona; en otra red, por ejemplo la móvil, quizá vaya mejor.',
  'test.line.fair': 'La conexión es débil',
  'test.line.fairAdvice':
    'Se oirán; la imagen puede detenerse a ratos. Acérquese al router, y evite películas y descargas durante la visita.',
  'test.line.poor': 'La conexión es demasiado débil para una llamada',
  'test.line.poorAdvice':
    'Acérquese al router o pruebe la red móvil. Si nada ayuda, la visita puede hacerse por teléfono o por escrito: avise a la otra persona con un mensaje.',
  'test.line.shut': 'La llamada no pasa por esta red',
  'test.line.shutAdvice':
    'Algunas redes de empresas y hoteles bloquean las llamadas, y algunas VPN también. Apague la VPN, o pruebe la red móvil u otra Wi-Fi, y repita la prueba.',
  'test.line.refused': 'El servidor de llamadas no nos ha dejado entrar',
  'test.line.refusedAdvice':
    'No es culpa de su red. Recargue la página y repita la prueba; si continúa, avise a quienes cuidan este servicio.',
  'test.line.unknown': 'La conexión no se ha medido',
  'test.way.open': '{{way}} pasa',
  'test.way.shut': '{{way}} está bloqueado',
  'test.figures': '{{rate}} Mbit/s · {{trip}} ms ida y vuelta · {{loss}} % perdido',

  'test.verdict.good': 'Todo está listo para su visita',
  'test.verdictText.good': 'Ese día, use el mismo dispositivo en el mismo lugar.',
  'test.verdict.sound_only': 'Se oirán, quizá sin imagen',
  'test.verdictText.sound_only': 'La visita puede hacerse. Abajo está lo que podría ir mejor.',
  'test.verdict.bad': 'Algo lo impide todavía',
  'test.verdictText.bad': 'Aquí está qué es, y lo que puede hacer. Hay tiempo para repetir la prueba.',
  'test.kept': 'El resultado se guarda con la cita; solo usted y su profesional lo ven.',
  'test.notKept': 'El resultado no se pudo guardar con la cita. Para usted no cambia nada.',

  'test.found.title': 'Prueba antes de la visita',
  'test.found.none': '{{name}} aún no ha probado sus dispositivos ni su conexión.',
  'test.found.guest': 'Una persona invitada',
  'test.found.when': 'Prueba hecha {{when}}',
  'test.found.verdict.good': 'Verá y oirá bien a {{name}}.',
  'test.found.verdict.sound_only': 'Oirá a {{name}}; la imagen puede faltar o detenerse.',
  'test.found.verdict.bad': 'Es posible que la llamada con {{name}} no funcione: prepárese para escribir o telefonear.',
  'test.found.speaker.ok': 'El altavoz se oye',
  'test.found.speaker.silent': 'El altavoz no se oía',
  'test.found.rate': 'Velocidad',
  'test.found.unit.kilobits': '{{value}} kbit/s',
  'test.found.unit.megabits': '{{value}} Mbit/s',
  'test.found.trip': 'Ida y vuelta',
  'test.found.unit.milliseconds': '{{value}} ms',
  'test.found.loss': 'Pérdidas',
  'test.found.unit.percent': '{{value}} %',
};
