// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: zod
// does: Parses and refuses data with objects, unions, transforms, refinements, recursion and async checks; prints its errors.
const { z } = require('zod');

const User = z.object({
    id: z.uuid(),
    name: z.string().trim().min(2).max(20),
    email: z.email(),
    age: z.coerce.number().int().positive().optional(),
    role: z.enum(['admin', 'user']).default('user'),
    tags: z.array(z.string()).nonempty(),
    address: z.object({ city: z.string(), zip: z.string().regex(/^\d{5}$/) }).partial().nullable(),
});
console.log(User.parse({ id: '6ba7b810-9dad-11d1-80b4-00c04fd430c8', name: '  Ada ', email: 'ada@example.org', age: '36', tags: ['x'], address: null, extra: 1 }));
const bad = User.safeParse({ id: 'x', name: 'A', email: 'nope', age: -1.5, role: 'root', tags: [], address: { zip: 'abc' } });
console.log(bad.success, bad.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.code}: ${issue.message}`));
console.log(z.prettifyError(bad.error));
console.log(z.flattenError(bad.error).fieldErrors.name, JSON.stringify(z.treeifyError(bad.error).properties.address));

const Shape = z.discriminatedUnion('kind', [z.object({ kind: z.literal('circle'), r: z.number() }), z.object({ kind: z.literal('square'), side: z.number() })]);
console.log(Shape.parse({ kind: 'circle', r: 2 }), Shape.safeParse({ kind: 'line' }).error.issues[0].message);
console.log(z.string().transform((s) => s.length).pipe(z.number().min(3)).safeParse('ab').error.issues[0].message);
console.log(z.object({ a: z.string(), b: z.string() }).refine((v) => v.a === v.b, { error: 'must match', path: ['b'] }).safeParse({ a: '1', b: '2' }).error.issues);
console.log(z.record(z.string(), z.number()).parse({ x: 1 }), z.tuple([z.string(), z.number()]).rest(z.boolean()).parse(['a', 1, true]), z.set(z.number()).parse(new Set([1])), z.map(z.string(), z.date()).parse(new Map([['d', new Date(0)]])));
console.log(z.iso.datetime().safeParse('2024-01-01T00:00:00Z').success, z.url().safeParse('not a url').success, z.ipv4().safeParse('1.2.3.4').success, z.bigint().parse(10n), z.nan().parse(NaN));
const Category = z.object({ name: z.string(), get children() { return z.array(Category); } });
console.log(JSON.stringify(Category.parse({ name: 'a', children: [{ name: 'b', children: [] }] })));
console.log(z.strictObject({ a: z.number() }).safeParse({ a: 1, b: 2 }).error.issues[0].message, z.looseObject({}).parse({ kept: 1 }), User.pick({ name: true }).extend({ n: z.number() }).shape.n.type);
console.log(z.preprocess((v) => String(v).split(','), z.array(z.string())).parse('a,b'), z.string().catch('fallback').parse(5), z.union([z.string(), z.number()]).safeParse(true).error.issues[0].message, z.stringbool().parse('yes'));
console.log(JSON.stringify(z.toJSONSchema(z.object({ name: z.string().min(1), list: z.array(z.int()).optional() }))));
try {
    z.number({ error: 'a number please' }).parse('x');
} catch (error) {
    console.log(error instanceof z.ZodError, error.issues[0].message);
}
z.string().refine(async (value) => { await new Promise((done) => setTimeout(done, 5)); return value === 'free'; }, 'taken').safeParseAsync('used')
    .then((result) => console.log(result.error.issues[0].message));
