// Makes src/messages.ts of the JSON Schemas in spec/: `npm run messages`. A test holds the file to what this makes.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const schemas = new URL('../../spec/src/main/resources/dev/peal/spec/schemas/', import.meta.url);
const target = new URL('../src/messages.ts', import.meta.url);

const read = (name) => JSON.parse(readFileSync(new URL(name, schemas), 'utf8'));
const { $defs: defs } = read('defs.json');

/** What is worth a name of its own; the other definitions say nothing that a type of TypeScript could. */
const named = { position: 'Position', storedPush: 'StoredPush' };

const head = `/*
 * The messages of the wire, by the server's names (PROTOCOL.md). Made from the JSON Schemas in spec/ by
 * build/messages.mjs: a change begins there. What a type cannot say (lengths, patterns) the schemas do.
 */

/** Any message of a client, known or not: one JSON object. \`id\` asks for a reply; \`messageId\` makes a publish repeatable. */
export interface Outgoing {
  readonly type: string;
  readonly id?: string | number;
  readonly messageId?: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** Any message of a server, known or not. \`id\` is that of the request it answers; \`offset\` that of a stored entry. */
export interface Incoming {
  readonly type: string;
  readonly id?: string | number;
  readonly offset?: number;
  readonly data: Readonly<Record<string, unknown>>;
}
`;

const scalars = { string: 'string', integer: 'number', number: 'number', boolean: 'boolean', null: 'null' };
const literal = (value) => (typeof value === 'string' ? `'${value}'` : JSON.stringify(value));
const withNull = (type, nullable) => (nullable ? `${type} | null` : type);

/** The type of a schema, written at this depth of indentation. Fails on what it does not know, sooner than to say less. */
function typeOf(schema, depth) {
  if (schema.$ref !== undefined) return referred(schema, depth);
  if ('const' in schema) return literal(schema.const);
  if (schema.enum !== undefined) return schema.enum.map(literal).join(' | ');
  const types = [schema.type].flat();
  const nullable = types.length > 1 && types.includes('null');
  const others = nullable ? types.filter((type) => type !== 'null') : types;
  return withNull(others.map((type) => typeNamed(type, schema, depth)).join(' | '), nullable);
}

function typeNamed(type, schema, depth) {
  if (type === 'object') return objectOf(schema, depth);
  if (type === 'array') return arrayOf(schema, depth);
  if (scalars[type] === undefined) throw new Error(`no type for ${JSON.stringify(schema)}`);
  return scalars[type];
}

function referred({ $ref, ...more }, depth) {
  const name = $ref.replace('defs.json#/$defs/', '');
  const schema = defs[name];
  if (schema === undefined) throw new Error(`nothing behind ${$ref}`);
  const plain = name.replace(/OrNull$/, '');
  const type = named[plain] === undefined ? typeOf(schema, depth) : withNull(named[plain], plain !== name);
  return more.properties === undefined ? type : `${type} & ${objectOf(more, depth)}`;
}

function arrayOf({ items, minItems, maxItems }, depth) {
  const item = typeOf(items, depth);
  if (minItems === maxItems && maxItems !== undefined) return `readonly [${Array(maxItems).fill(item).join(', ')}]`;
  return /[ &|]/.test(item) && !item.startsWith('{') ? `readonly (${item})[]` : `readonly ${item}[]`;
}

function objectOf({ properties = {}, required = [] }, depth) {
  const fields = Object.entries(properties);
  if (fields.length === 0) return 'Readonly<Record<string, unknown>>';
  const indent = '  '.repeat(depth + 1);
  const lines = fields.flatMap(([name, schema]) => [
    ...(schema.description === undefined ? [] : [`${indent}/** ${schema.description} */`]),
    `${indent}readonly ${name}${required.includes(name) ? '' : '?'}: ${typeOf(schema, depth + 1)};`,
  ]);
  return ['{', ...lines, `${'  '.repeat(depth)}}`].join('\n');
}

function messages(direction, types) {
  const fields = types.map((type) => {
    const { title, properties } = read(`${direction}.${type}.json`);
    return `  /** ${title}. */\n  readonly ${type}: ${typeOf(properties.data ?? { type: 'object' }, 1)};`;
  });
  return fields.join('\n');
}

export function generated() {
  const { client, server } = read('index.json');
  const shared = Object.entries(named).map(
    ([name, type]) => `/** ${defs[name].description} */\nexport interface ${type} ${objectOf(defs[name], 0)}\n`,
  );
  return [
    head,
    ...shared,
    `/** The \`data\` of what a client says, by \`type\`. */\nexport interface ClientMessages {\n${messages('client', client)}\n}\n`,
    `/** The \`data\` of what a server says, by \`type\`. */\nexport interface ServerMessages {\n${messages('server', server)}\n}\n`,
  ].join('\n');
}

/** What the file says now. */
export const written = () => readFileSync(target, 'utf8');

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(target, generated());
