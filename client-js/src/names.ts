/** What may stand in a field, counted in code points: PROTOCOL.md, section 11. */
const label = /^[^\p{Cc}\p{Cs}]{1,128}$/u;
const fields = {
  roomId: /^[\w-]{1,128}$/,
  userId: label,
  userName: label,
  message: /^[^]{1,1000}$/u,
  messageId: /^[^]{1,64}$/u,
  query: /^[^]{1,200}$/u,
  token: /^[^]{1,8192}$/u,
};

export type Field = keyof typeof fields;

export function fits(field: Field, text: string): boolean {
  return fields[field].test(text);
}
