/** A field of a message, as a row of its table. */
export interface Field {
  /** From the message's own object: `data.roomId`. */
  readonly path: string;
  readonly required: boolean;
  readonly type: string;
  /** Limits and meaning; empty where there is nothing to say. */
  readonly rule: string;
}

export interface Message {
  /** `client.chat`: unique, and the fragment of its address. */
  readonly id: string;
  readonly type: string;
  readonly title: string;
  readonly fields: readonly Field[];
  readonly examples: readonly unknown[];
  /** The ids of the messages that answer it. */
  readonly replies: readonly string[];
}

export interface Reference {
  readonly client: readonly Message[];
  readonly server: readonly Message[];
}

interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
}

/** As much of an AsyncAPI document as ours has. */
export interface AsyncApi {
  readonly operations: Readonly<Record<string, { readonly reply?: { readonly messages: readonly { readonly $ref: string }[] } }>>;
  readonly components: {
    readonly messages: Readonly<
      Record<string, { readonly name: string; readonly title: string; readonly payload: Schema; readonly examples: readonly { readonly payload: unknown }[] }>
    >;
    readonly schemas: Readonly<Record<string, Schema>>;
  };
}

/** What the page shows of the document: every message of both directions, in the document's order. */
export function referenceOf(document: AsyncApi): Reference {
  const { messages, schemas } = document.components;
  const all = Object.entries(messages).map(([id, { name, title, payload, examples }]) => ({
    id,
    type: name,
    title,
    fields: fieldsOf(payload, schemas),
    examples: examples.map((example) => example.payload),
    replies: (document.operations[id]?.reply?.messages ?? []).map(({ $ref }) => lastOf($ref)),
  }));
  const of = (direction: string) => all.filter(({ id }) => id.startsWith(direction));
  return { client: of('client.'), server: of('server.') };
}

type Schemas = AsyncApi['components']['schemas'];

const lastOf = (reference: string) => reference.slice(reference.lastIndexOf('/') + 1);

/** The schema with what it refers to; its own words win. */
function resolved({ $ref, allOf, ...own }: Schema, schemas: Schemas): Schema {
  const parts = [...($ref === undefined ? [] : [schemas[lastOf($ref)] ?? {}]), ...(allOf ?? [])].map((part) => resolved(part, schemas));
  const properties = Object.assign({}, ...parts.map((part) => part.properties), own.properties) as Record<string, Schema>;
  const required = [...parts, own].flatMap((part) => part.required ?? []);
  return { ...Object.assign({}, ...parts), ...own, properties, required };
}

function fieldsOf(schema: Schema, schemas: Schemas, prefix = ''): readonly Field[] {
  const { properties = {}, required = [] } = resolved(schema, schemas);
  return Object.entries(properties).flatMap(([name, property]) => {
    const path = `${prefix}${name}`;
    const full = resolved(property, schemas);
    const field = { path, required: required.includes(name), type: typeOf(full, schemas), rule: ruleOf(full) };
    const inner = full.type === 'array' && full.items !== undefined ? fieldsOf(full.items, schemas, `${path}[].`) : [];
    return [field, ...fieldsOf(full, schemas, `${path}.`), ...inner];
  });
}

function typeOf(schema: Schema, schemas: Schemas): string {
  if ('const' in schema) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' or ');
  if (schema.type === 'array') return `array of ${schema.items === undefined ? 'anything' : typeOf(resolved(schema.items, schemas), schemas)}`;
  return [schema.type ?? 'anything'].flat().join(' or ');
}

function ruleOf(schema: Schema): string {
  const { minLength, maxLength, minimum, maximum, maxItems } = schema;
  const isText = [schema.type].flat().includes('string');
  const rules = [
    schema.description,
    isText ? rangeOf(minLength, maxLength, 'characters') : '',
    [schema.type].flat().includes('integer') ? rangeOf(minimum, maximum, '') : '',
    maxItems === undefined ? '' : `at most ${maxItems} items`,
  ];
  return rules.filter((rule) => rule !== undefined && rule !== '').join(' ');
}

function rangeOf(least: number | undefined, most: number | undefined, unit: string): string {
  if (most === undefined) return least === undefined ? '' : `at least ${shown(least)} ${unit}`.trim();
  const range = least === undefined ? `at most ${shown(most)}` : least === most ? shown(most) : `${shown(least)} to ${shown(most)}`;
  return `${range} ${unit}`.trim();
}

function shown(value: number): string {
  if (Math.abs(value) === Number.MAX_SAFE_INTEGER) return value < 0 ? '−(2^53−1)' : '2^53−1';
  return value.toLocaleString('en-GB');
}
