// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: ajv
// does: Compiles schemas into code, reports errors, coerces, fills in defaults, follows references, adds keywords and formats.
const Ajv = require('ajv');
const Ajv2020 = require('ajv/dist/2020');

const ajv = new Ajv({ allErrors: true, coerceTypes: true, useDefaults: true, removeAdditional: true });
ajv.addFormat('even-length', (text) => text.length % 2 === 0);
ajv.addKeyword({ keyword: 'prime', type: 'number', validate: (schema, n) => { for (let i = 2; i * i <= n; ++i) if (n % i === 0) return false; return schema === n > 1; }, errors: false });
ajv.addSchema({ $id: 'address', type: 'object', properties: { city: { type: 'string', minLength: 1 } }, required: ['city'] });
const validate = ajv.compile({
    type: 'object',
    properties: { id: { type: 'integer', prime: true }, name: { type: 'string', pattern: '^\\p{Lu}', format: 'even-length' }, role: { enum: ['a', 'b'], default: 'a' }, address: { $ref: 'address' }, tags: { type: 'array', items: { type: 'string' }, uniqueItems: true, maxItems: 3 } },
    required: ['id', 'name'],
    additionalProperties: false,
});
const good = { id: '7', name: 'Adaa', extra: 'removed', address: { city: 'Bonn' }, tags: [1, 2] };
console.log(validate(good), good, validate.errors);
console.log(validate({ id: 8, name: 'ada', role: 'c', address: {}, tags: ['x', 'x', 'y', 'z'] }));
console.log(validate.errors.map((error) => `${error.instancePath} ${error.keyword} ${error.message} ${JSON.stringify(error.params)}`));
console.log(ajv.errorsText(validate.errors, { separator: '\n' }));

const tree = new Ajv().compile({ $id: 'tree', type: 'object', properties: { value: { type: 'number' }, children: { type: 'array', items: { $ref: '#' } } }, required: ['value'] });
console.log(tree({ value: 1, children: [{ value: 2, children: [] }] }), tree({ value: 1, children: [{ children: [] }] }), tree.errors[0].instancePath);
const shapes = new Ajv({ discriminator: true }).compile({ type: 'object', discriminator: { propertyName: 'kind' }, required: ['kind'], oneOf: [{ properties: { kind: { const: 'circle' }, r: { type: 'number' } }, required: ['r'] }, { properties: { kind: { const: 'box' } } }] });
console.log(shapes({ kind: 'circle', r: 1 }), shapes({ kind: 'circle' }), shapes.errors[0].message);
const conditional = new Ajv().compile({ type: 'object', if: { properties: { a: { const: 1 } } }, then: { required: ['b'] }, else: { not: { required: ['b'] } } });
console.log(conditional({ a: 1 }), conditional({ a: 1, b: 2 }), conditional({ a: 2, b: 2 }));
console.log(new Ajv2020().compile({ type: 'array', prefixItems: [{ type: 'number' }], items: false, minItems: 1 })([1, 2]));
const asynchronous = new Ajv();
asynchronous.addKeyword({ keyword: 'known', async: true, type: 'string', validate: async (schema, text) => text === 'yes' });
asynchronous.compile({ $async: true, type: 'string', known: true })('no').catch((error) => console.log(error.constructor.name, error.errors[0].message));
try {
    new Ajv().compile({ type: 'strange' });
} catch (error) {
    console.log(error.message);
}
try {
    new Ajv().compile({ unknownKeyword: 1 });
} catch (error) {
    console.log(error.message);
}
