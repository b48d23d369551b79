import { linkify } from '../links';

/** Someone's text: never markup, with its web addresses as links. */
export function LinkedText({ text }: { text: string }) {
  return (
    <>
      {linkify(text).map((part) =>
        part.href === undefined ? (
          part.text
        ) : (
          <a href={part.href} target="_blank" rel="noopener noreferrer nofollow">
            {part.text}
          </a>
        ),
      )}
    </>
  );
}
