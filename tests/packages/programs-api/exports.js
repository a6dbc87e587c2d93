// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Prints the API as JSON: for each of Node's modules, and for the globals, the names it has of its own and those it inherits, its classes'
// methods among them. Names with a leading underscore, which Node's documentation does not have, are left out. docs/compatibility.md lists
// what Loopscope lacks.
const { builtinModules } = require('module');

process.removeAllListeners('warning');
process.on('warning', () => {});

/** A getter may refuse; it is there all the same. */
function valueOf(owner, name) {
    try {
        return owner[name];
    } catch {
        return undefined;
    }
}

function namesOf(owner) {
    return Object.getOwnPropertyNames(owner).filter((name) => !name.startsWith('_') && name !== 'constructor');
}

function inheritedNamesOf(owner) {
    const names = [];
    for (let prototype = Object.getPrototypeOf(owner); prototype && prototype !== Object.prototype && prototype !== Function.prototype; prototype = Object.getPrototypeOf(prototype))
        names.push(...namesOf(prototype));
    return names;
}

const namesOfEveryFunction = ['length', 'name', 'prototype', 'arguments', 'caller'];

function describe(module, isGlobal) {
    const own = [], inherited = inheritedNamesOf(module);
    for (const name of namesOf(module)) {
        own.push(name);
        const value = valueOf(module, name);
        const isClass = typeof value === 'function' && /^[A-Z]/.test(name);
        if (isGlobal ? !isClass && !['process', 'crypto', 'console', 'Math', 'JSON', 'Reflect', 'Atomics', 'performance'].includes(name) : !isClass && (!value || typeof value !== 'object' || Array.isArray(value)))
            continue;
        const add = (prefix, owner) => {
            own.push(...namesOf(owner).filter((it) => !isClass || !namesOfEveryFunction.includes(it)).map((it) => prefix + it));
            inherited.push(...inheritedNamesOf(owner).map((it) => prefix + it));
        };
        add(`${name}.`, value);
        const prototype = isClass ? valueOf(value, 'prototype') : undefined;
        if (prototype && typeof prototype === 'object')
            add(`${name}.prototype.`, prototype);
    }
    return { own: [...new Set(own)].sort(), inherited: [...new Set(inherited)].sort() };
}

const api = { globals: describe(globalThis, true) };
for (const name of [...builtinModules].filter((it) => !it.startsWith('_') && !/^(sys|trace_events|inspector|wasi)/.test(it))) {
    try {
        api[name] = describe(require(name), false);
    } catch {
        api[name] = null; // there is no such module
    }
}
console.log(JSON.stringify(api));
