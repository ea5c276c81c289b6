import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { chooseLanguage, startLanguage, withWords } from '../../../i18n';
import { readDraft, wipeDevice } from '../../../storage/device';
import { message } from '../../../testing/messages';
import type { Room } from '../model/room';
import { Composer } from './Composer';

beforeAll(async () => {
  await startLanguage();
  await withWords('room', async () => undefined);
  await chooseLanguage('en');
});
beforeEach(() => wipeDevice());

function show(editing = null as ReturnType<typeof message> | null) {
  const room = {
    me: { id: 'nadia', role: 'EMPLOYEE' },
    send: vi.fn(async () => undefined),
    edit: vi.fn(async () => undefined),
    attach: vi.fn(),
    typing: vi.fn(),
  };
  const onEdited = vi.fn();
  const view = render(
    <Composer room={room as unknown as Room} place="c1" otherName="Dr Rahal" editing={editing} onEdited={onEdited} />,
  );
  return { room, onEdited, view, field: screen.getByLabelText<HTMLTextAreaElement>('Your message to Dr Rahal') };
}

test('Enter sends and empties the field; Shift and Enter begin a new line', async () => {
  const { room, field } = show();
  await userEvent.type(field, 'one{Shift>}{Enter}{/Shift}two{Enter}');
  expect(room.send).toHaveBeenCalledExactlyOnceWith('one\ntwo');
  expect(field.value).toBe('');
});

test('white space alone cannot be sent', async () => {
  const { room, field } = show();
  await userEvent.type(field, '   {Enter}');
  expect(room.send).not.toHaveBeenCalled();
});

test('what was begun is still there when the page comes back', async () => {
  const { field, view } = show();
  await userEvent.type(field, 'half a sent');
  view.unmount();
  await waitFor(async () => expect(await readDraft('nadia', 'c1')).toBe('half a sent'));
  const again = show();
  await waitFor(() => expect(again.field.value).toBe('half a sent'));
});

test('a sent message leaves no draft behind', async () => {
  const { field, view } = show();
  await userEvent.type(field, 'done{Enter}');
  view.unmount();
  await waitFor(async () => expect(await readDraft('nadia', 'c1')).toBe(''));
});

test('a text beyond the limit says by how much and cannot be sent', async () => {
  const { room, field } = show();
  await userEvent.click(field);
  await userEvent.paste('x'.repeat(8_003));
  expect(screen.getByRole('alert').textContent).toBe('3 characters too many');
  await userEvent.keyboard('{Enter}');
  expect(room.send).not.toHaveBeenCalled();
});

test('changing a message leaves the draft of the next one alone', async () => {
  const sent = message(1, { text: 'helo' });
  const { room, onEdited, field } = show(sent);
  await userEvent.clear(field);
  await userEvent.type(field, 'hello{Enter}');
  expect(room.edit).toHaveBeenCalledExactlyOnceWith(sent, 'hello');
  expect(onEdited).toHaveBeenCalledOnce();
  expect(await readDraft('nadia', 'c1')).toBe('');
});

test('a pasted picture is attached, not written', async () => {
  const { room, field } = show();
  const picture = new File(['x'], 'photo.png', { type: 'image/png' });
  await userEvent.click(field);
  await userEvent.paste({ files: [picture], getData: () => '' } as unknown as DataTransfer);
  expect(room.attach).toHaveBeenCalledOnce();
});
