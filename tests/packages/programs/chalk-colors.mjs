// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: chalk
// does: Nests styles, 256 and true colours, templates by level, and strips nothing when told to be plain.
import { Chalk, chalkStderr, modifierNames, supportsColor } from 'chalk';

const colored = new Chalk({ level: 3 });
const show = (text) => console.log(JSON.stringify(text));
show(colored.red('error'));
show(colored.bold.underline.blue('styled'));
show(colored.green(`outer ${colored.yellow('inner')} outer`));
show(colored.bgHex('#ff8800').rgb(1, 2, 3)('true colour'));
show(new Chalk({ level: 2 }).hex('#ff8800')('256 colours'));
show(new Chalk({ level: 1 }).hex('#ff8800')('16 colours'));
show(new Chalk({ level: 0 }).red.bold('plain'));
show(colored.red('first\nsecond'));
show(colored.visible('seen') + new Chalk({ level: 0 }).visible('unseen'));
show(colored.ansi256(200).inverse.strikethrough.dim.italic('all'));
console.log(modifierNames, supportsColor, chalkStderr.level);
const warning = colored.hex('#FFA500');
show(warning('one', 2, [3]));
try {
    new Chalk({ level: 9 });
} catch (error) {
    console.log(error.message);
}
