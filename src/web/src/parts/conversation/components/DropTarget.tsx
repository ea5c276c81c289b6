import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Room } from '../model/room';

/** The whole page takes files that are dropped on it. */
export function DropTarget({ room }: { room: Room }) {
  const { t } = useTranslation();
  const [over, setOver] = useState(false);
  useEffect(() => {
    const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const onOver = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const onLeave = (event: DragEvent) => {
      if (!event.relatedTarget) setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setOver(false);
      room.attach(event.dataTransfer?.files ?? []);
    };
    window.addEventListener('dragover', onOver);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, [room]);
  if (!over) return null;
  return (
    <div className="pointer-events-none fixed inset-3 z-10 grid place-items-center rounded-outer border-2 border-brand border-dashed bg-brand-soft/90 font-semibold text-title">
      {t('composer.drop')}
    </div>
  );
}
