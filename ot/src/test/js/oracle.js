// Answers what quill-delta answers: a line of JSON with a list of calls in, a line with the list of their results out.
import { createInterface } from 'node:readline';
import Delta from 'quill-delta';

const delta = ({ ops }) => new Delta(ops);

const calls = {
  compose: ({ a, b }) => delta(a).compose(delta(b)),
  transform: ({ a, b, priority }) => delta(a).transform(delta(b), priority),
  transformPosition: ({ a, index, priority }) => delta(a).transformPosition(index, priority),
  invert: ({ a, document }) => delta(a).invert(delta(document)),
  diff: ({ document, after }) => delta(document).diff(delta(after)),
};

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(JSON.parse(line).map((call) => calls[call.call](call)))}\n`);
}
