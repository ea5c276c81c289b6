interface AvatarProps {
  name: string;
  url?: string | null | undefined;
  size?: 'small' | 'middle' | 'large';
}

const initialsOf = (name: string) =>
  name
    .split(/\s+/)
    .filter((word) => /^\p{L}/u.test(word))
    .flatMap((word, index, words) => (index === 0 || index === words.length - 1 ? [...word].slice(0, 1) : []))
    .join('')
    .toLocaleUpperCase();

/** A face, or the initials in its place. The name is always said beside it, so it is silent. */
export function Avatar({ name, url, size = 'small' }: AvatarProps) {
  const shape = {
    small: 'size-8 text-small',
    middle: 'size-14 text-large',
    large: 'size-18 text-title tablet:size-24 tablet:text-lead',
  }[size];
  if (url) return <img src={url} alt="" className={`shrink-0 rounded-full border border-line object-cover ${shape}`} />;
  return (
    <span
      aria-hidden="true"
      className={`grid shrink-0 select-none place-items-center rounded-full bg-brand-soft font-semibold text-brand ${shape}`}
    >
      {initialsOf(name)}
    </span>
  );
}
