/** Words of the test before a visit. Like `../en`, the source of the other languages. */
export const en = {
  'test.title': 'Get ready for the visit',
  'test.lead': 'Two minutes to see that camera, microphone, speaker and connection work, on the device you will use.',
  'test.leadAudio': 'Two minutes to see that microphone, speaker and connection work, on the device you will use.',
  'test.step': 'Step {{number}} of {{count}}',
  'test.start': 'Start the test',
  'test.next': 'It works, go on',
  'test.nextAnyway': 'Go on all the same',
  'test.skip': 'Skip this',
  'test.toVisit': 'Back to the visit',
  'test.again': 'Test again',
  'test.over': 'This visit is over: there is nothing left to test.',
  'test.private':
    'Picture and sound stay on this device during the test. Nothing is recorded, now or during the visit.',

  'test.permission.title': 'Your browser is about to ask you something',
  'test.permission.text': 'It asks whether this site may use camera and microphone. Choose “Allow”.',
  'test.permission.textAudio': 'It asks whether this site may use the microphone. Choose “Allow”.',
  'test.permission.denied':
    'This browser does not let this site use the camera or the microphone. Tap the sign to the left of the address, allow camera and microphone, then start.',
  'test.permission.deniedAudio':
    'This browser does not let this site use the microphone. Tap the sign to the left of the address, allow the microphone, then start.',
  'test.permission.asking': 'Answer the browser’s question…',

  'test.devices': 'Can you see yourself?',
  'test.devicesText':
    'This is how the other person will see you. Say a few words: the bar moves when the microphone hears you.',
  'test.devicesAudio': 'Can we hear you?',
  'test.devicesTextAudio': 'Say a few words: the bar moves when the microphone hears you.',
  'test.yourself': 'You, as your camera sees you',
  'test.speak': 'Say a few words',
  'test.heard': 'We hear you',
  'test.notHeard':
    'Nothing heard yet? See whether the microphone is switched off on the device or on the headset, and speak closer to it.',

  'test.camera.ok': 'The camera works',
  'test.camera.denied': 'The browser does not give the camera',
  'test.camera.missing': 'No camera was found',
  'test.camera.busy': 'Another program uses the camera',
  'test.camera.skipped': 'The camera was not tested',
  'test.microphone.ok': 'The microphone works',
  'test.microphone.denied': 'The browser does not give the microphone',
  'test.microphone.missing': 'No microphone was found',
  'test.microphone.busy': 'Another program uses the microphone',
  'test.microphone.skipped': 'The microphone has heard nobody yet',
  'test.advice.denied':
    'Tap the sign to the left of the address, allow camera and microphone for this site, and test again.',
  'test.advice.missing': 'Plug one in, or take another device: a phone has both.',
  'test.advice.busy': 'Close other calls and programs that film, then test again.',
  'test.advice.skipped': 'You can test it again at any time before the visit.',

  'test.speaker': 'Can you hear us?',
  'test.speakerText': 'We play two soft notes. Set the volume so that you would understand a voice well.',
  'test.play': 'Play the notes',
  'test.playAgain': 'Play again',
  'test.speakerQuestion': 'Did you hear two notes?',
  'test.yes': 'Yes, I heard them',
  'test.no': 'No',
  'test.stillNo': 'Still nothing, go on',
  'test.speakerHelp':
    'Turn up the volume, see that the device is not on silent, unplug or plug in headphones, and play the notes again.',
  'test.speaker.ok': 'You hear us',
  'test.speaker.silent': 'You did not hear the notes',
  'test.speaker.skipped': 'The speaker was not tested',

  'test.network': 'Testing the connection',
  'test.networkText': 'This takes about ten seconds. Please stay on this page.',
  'test.withoutNetwork': 'Go on without this test',
  'test.stage.ways': 'Looking for a way to the server…',
  'test.stage.delay': 'Measuring how long a word takes…',
  'test.stage.rate': 'Measuring how much gets through…',

  'test.line.good': 'The connection is good',
  'test.line.around':
    'Your network lets the call through by a detour only. It works; on another network, such as mobile data, it may be smoother.',
  'test.line.fair': 'The connection is weak',
  'test.line.fairAdvice':
    'You will hear each other; the picture may stop at times. Go closer to the Wi-Fi box, and have no films or downloads running meanwhile.',
  'test.line.poor': 'The connection is too weak for a call',
  'test.line.poorAdvice':
    'Go closer to the Wi-Fi box or try mobile data. If nothing helps, the visit can be held by phone or in writing: tell the other person by message.',
  'test.line.shut': 'The call cannot get through this network',
  'test.line.shutAdvice':
    'Some networks of companies and hotels block calls, and so do some VPNs. Switch the VPN off, or try mobile data or another Wi-Fi, and test again.',
  'test.line.refused': 'The call server did not let us in',
  'test.line.refusedAdvice':
    'This is not your network’s fault. Reload the page and test again; if it stays so, tell those who look after this service.',
  'test.line.unknown': 'The connection was not measured',
  'test.way.open': '{{way}} gets through',
  'test.way.shut': '{{way}} is blocked',
  'test.figures': '{{rate}} Mbit/s · {{trip}} ms there and back · {{loss}} % lost',

  'test.verdict.good': 'All is ready for your visit',
  'test.verdictText.good': 'On the day, use the same device at the same place.',
  'test.verdict.sound_only': 'You will hear each other, perhaps without picture',
  'test.verdictText.sound_only': 'The visit can be held. What could be better is below.',
  'test.verdict.bad': 'Something still stands in the way',
  'test.verdictText.bad': 'Here is what, and what you can do. There is time to test again.',
  'test.kept': 'The result is kept with the visit; only you and your practitioner see it.',
  'test.notKept': 'The result could not be kept with the visit. That changes nothing for you.',

  'test.found.title': 'Test before the visit',
  'test.found.none': '{{name}} has not tested devices and connection yet.',
  'test.found.guest': 'A guest',
  'test.found.when': 'Tested {{when}}',
  'test.found.verdict.good': '{{name}} can be seen and heard well.',
  'test.found.verdict.sound_only': '{{name}} can be heard; the picture may be missing or stop.',
  'test.found.verdict.bad': '{{name}} may not be reached by a call: be ready to write or to telephone.',
  'test.found.speaker.ok': 'The speaker is heard',
  'test.found.speaker.silent': 'The speaker was not heard',
  'test.found.rate': 'Gets through',
  'test.found.unit.kilobits': '{{value}} kbit/s',
  'test.found.unit.megabits': '{{value}} Mbit/s',
  'test.found.trip': 'There and back',
  'test.found.unit.milliseconds': '{{value}} ms',
  'test.found.loss': 'Lost on the way',
  'test.found.unit.percent': '{{value}} %',
};

export type CallTestMessages = Record<keyof typeof en, string>;
