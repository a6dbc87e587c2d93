// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: yargs
// does: Parses options, commands, positionals and counts; prints help; refuses wrong input.
import yargs from 'yargs';
import { hideBin, Parser } from 'yargs/helpers';

const build = (words) => yargs(words).scriptName('tool').exitProcess(false).locale('en').version('1.0.0').wrap(80)
    .option('size', { alias: 's', type: 'number', default: 3, describe: 'how large' })
    .option('verbose', { alias: 'v', count: true }).option('tag', { array: true, string: true }).option('mode', { choices: ['fast', 'safe'] })
    .command(['get <url> [options..]', 'fetch'], 'gets something', (y) => y.positional('url', { type: 'string' }).option('retry', { boolean: true }),
        (argv) => console.log('get', argv.url, argv.options, argv.retry, argv.size))
    .command('slow', 'takes time', () => {}, async () => { await new Promise((done) => setTimeout(done, 5)); console.log('slow done'); })
    .strict().fail((message, error) => { throw new Error(message || error.message); });

console.log(hideBin(['node', 'script', 'a', '-b']), await build(['-vvs', '5', '--tag', 'a', 'b', '--mode=fast']).parseAsync());
await build(['get', 'example.org', 'x', 'y', '--retry', '--size', '9']).parseAsync();
await build(['slow']).parseAsync();
console.log(await build([]).getHelp());
for (const bad of [['get'], ['--mode', 'slow'], ['--unknown'], ['nothing']]) {
    try {
        await build(bad).parseAsync();
    } catch (error) {
        console.log(error.message);
    }
}
console.log(Parser('--no-color --a.b.c 1 -xyz --list 1 --list 2 --hex 0x1f -- rest', { array: ['list'] }));
