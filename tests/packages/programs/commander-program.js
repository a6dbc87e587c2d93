// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: commander
// does: Parses options, arguments and subcommands; prints help; refuses wrong input.
const { Argument, Command, InvalidArgumentError, Option } = require('commander');

function build() {
    const program = new Command('tool');
    program.version('1.2.3').description('A tool that does things').exitOverride().configureOutput({ writeErr: (text) => console.log('stderr:', text.trim()) });
    program.option('-v, --verbose', 'say more').option('-n, --number <n>', 'a number', (text) => { if (isNaN(text)) throw new InvalidArgumentError('Not a number.'); return Number(text); }, 5)
        .addOption(new Option('-c, --color <name>', 'a colour').choices(['red', 'green']).env('TOOL_COLOR')).option('--no-cache', 'without the cache');
    program.command('copy').alias('cp').argument('<source>').argument('[targets...]').option('-f, --force').description('copies files')
        .action((source, targets, options, command) => console.log('copy', source, targets, options, command.parent.opts()));
    program.command('wait').addArgument(new Argument('<ms>').argParser(Number)).action(async (ms) => { await new Promise((done) => setTimeout(done, ms)); console.log('waited', ms); });
    return program;
}

async function main() {
    await build().parseAsync(['-v', '-n', '12', 'copy', 'a', 'b', 'c', '--force'], { from: 'user' });
    await build().parseAsync(['--no-cache', '--color=red', 'cp', 'x'], { from: 'user' });
    await build().parseAsync(['wait', '5'], { from: 'user' });
    console.log(build().helpInformation());
    console.log(build().commands[0].helpInformation());
    for (const bad of [['-n', 'x', 'cp', 'a'], ['--colour', 'red'], ['copy'], ['-c', 'blue', 'cp', 'a'], ['nonsense'], ['--version']])
        await build().parseAsync(bad, { from: 'user' }).catch((error) => console.log(error.code, error.exitCode));
}
main();
