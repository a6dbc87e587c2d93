// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Properties of strings, which the v flag knows: whole emoji, flags, keycaps, families.
const texts = ['😀', '👨‍👩‍👧‍👦', '🇩🇪', '1️⃣', '👍🏽', 'a', '1', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '❤️', '❤', '👨'];
for (const property of ['RGI_Emoji', 'Basic_Emoji', 'Emoji_Keycap_Sequence', 'RGI_Emoji_Modifier_Sequence', 'RGI_Emoji_Flag_Sequence', 'RGI_Flags', 'RGI_Emoji_Tag_Sequence', 'RGI_Emoji_ZWJ_Sequence'])
    for (const form of [`^\\p{${property}}$`, `^[\\p{${property}}--\\q{😀|🇩🇪}]+$`]) {
        try {
            const pattern = new RegExp(form, 'v');
            console.log(form, texts.map((text) => pattern.test(text) ? 1 : 0).join(''));
        } catch (error) {
            console.log(error.message);
        }
    }
console.log('x👨‍👩‍👧‍👦👨y🇩🇪🇫'.match(/\p{RGI_Emoji}/gv), 'abcabab'.match(/[\q{abc|ab|x}]/gv), 'ABCab'.match(/[\q{abc|AB}c]/giv));
for (const source of ['\\P{RGI_Emoji}', '[^\\p{RGI_Emoji}]', '\\p{Nothing}'])
    try {
        new RegExp(source, 'v');
    } catch (error) {
        console.log(error.message);
    }
try {
    new RegExp('\\p{RGI_Emoji}', 'u');
} catch (error) {
    console.log(error.message);
}
