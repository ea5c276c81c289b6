import { expect, test } from 'vitest';
import { en as accountEn } from './account/en';
import { es as accountEs } from './account/es';
import { fr as accountFr } from './account/fr';
import { en as adminEn } from './admin/en';
import { es as adminEs } from './admin/es';
import { fr as adminFr } from './admin/fr';
import { en as callEn } from './call/en';
import { es as callEs } from './call/es';
import { fr as callFr } from './call/fr';
import { en as callRoomsEn } from './callRooms/en';
import { es as callRoomsEs } from './callRooms/es';
import { fr as callRoomsFr } from './callRooms/fr';
import { en as callTestEn } from './callTest/en';
import { es as callTestEs } from './callTest/es';
import { fr as callTestFr } from './callTest/fr';
import { en as chatEn } from './chat/en';
import { es as chatEs } from './chat/es';
import { fr as chatFr } from './chat/fr';
import { en as coreEn } from './en';
import { es as coreEs } from './es';
import { fr as coreFr } from './fr';
import { en as keepingEn } from './keeping/en';
import { es as keepingEs } from './keeping/es';
import { fr as keepingFr } from './keeping/fr';
import { en as noticesEn } from './notices/en';
import { es as noticesEs } from './notices/es';
import { fr as noticesFr } from './notices/fr';
import { en as patientEn } from './patient/en';
import { es as patientEs } from './patient/es';
import { fr as patientFr } from './patient/fr';
import { en as practiceEn } from './practice/en';
import { es as practiceEs } from './practice/es';
import { fr as practiceFr } from './practice/fr';
import { en as recordsEn } from './records/en';
import { es as recordsEs } from './records/es';
import { fr as recordsFr } from './records/fr';
import { en as roomEn } from './room/en';
import { es as roomEs } from './room/es';
import { fr as roomFr } from './room/fr';

const en = {
  ...coreEn,
  ...accountEn,
  ...adminEn,
  ...patientEn,
  ...practiceEn,
  ...callEn,
  ...callRoomsEn,
  ...callTestEn,
  ...chatEn,
  ...keepingEn,
  ...noticesEn,
  ...recordsEn,
  ...roomEn,
};
const fr = {
  ...coreFr,
  ...accountFr,
  ...adminFr,
  ...patientFr,
  ...practiceFr,
  ...callFr,
  ...callRoomsFr,
  ...callTestFr,
  ...chatFr,
  ...keepingFr,
  ...noticesFr,
  ...recordsFr,
  ...roomFr,
};
const es = {
  ...coreEs,
  ...accountEs,
  ...adminEs,
  ...patientEs,
  ...practiceEs,
  ...callEs,
  ...callRoomsEs,
  ...callTestEs,
  ...chatEs,
  ...keepingEs,
  ...noticesEs,
  ...recordsEs,
  ...roomEs,
};
type Words = Record<keyof typeof en, string>;

const slots = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).sort();

test.each([
  ['French', fr],
  ['Spanish', es],
] as const)('%s names the same things in every sentence as English', (_, words: Words) => {
  for (const key of Object.keys(en) as (keyof Words)[]) expect(slots(words[key]), key).toEqual(slots(en[key]));
});

test.each([
  ['French', fr],
  ['Spanish', es],
] as const)('%s leaves no sentence empty', (_, words: Words) => {
  expect(Object.values(words).filter((text) => !text.trim())).toEqual([]);
});

test('no screen takes a key that another group of words has', () => {
  const keys = [coreEn, accountEn, adminEn, callEn, chatEn, noticesEn, patientEn, practiceEn, roomEn].flatMap((group) =>
    Object.keys(group),
  );
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
});
