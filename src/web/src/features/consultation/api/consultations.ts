import type { Session } from '../../../api/session';
import { type Invitation, inviteGuest, type JoinLink } from '../../../parts/guests/links';
import type { Consultation, Guest, Message, Page } from '../../../realtime/events';
import { fetchBytes, type Upload, uploadFile } from './files';

/** What a room asks of the server over HTTP. */
export interface RoomApi {
  consultation(): Promise<Consultation>;
  /** Newest first; `cursor` continues an earlier page. */
  messages(cursor?: string): Promise<Page<Message>>;
  close(): Promise<void>;
  /** Who else is, or was, in the visit. */
  guests(): Promise<readonly Guest[]>;
  invite(guest: Invitation): Promise<JoinLink>;
  upload(file: File, onSent: (bytes: number) => void): Upload;
  /** The bytes of a file, through a link that is good for minutes and is kept nowhere. */
  download(fileId: string): Promise<Blob>;
}

export function roomApi(session: Pick<Session, 'request'>, id: string): RoomApi {
  const base = `/api/v1/consultations/${encodeURIComponent(id)}`;
  return {
    consultation: () => session.request(base),
    messages: (cursor) =>
      session.request(`${base}/messages?limit=50${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`),
    guests: async () =>
      (await session.request<{ items: Guest[] }>(`/api/consultations/${encodeURIComponent(id)}/guests`)).items,
    invite: (guest) => inviteGuest(session, id, guest),
    close: () => session.request(`${base}/close`, { method: 'POST', body: {} }),
    upload: (file, onSent) => uploadFile(session, base, file, onSent),
    download: async (fileId) => {
      const link = await session.request<{ downloadUrl: string }>(
        `${base}/files/${encodeURIComponent(fileId)}/download`,
      );
      return await fetchBytes(link.downloadUrl);
    },
  };
}
