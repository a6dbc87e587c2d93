// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Opens a Chrome trace or a CPU profile (FILE.cpuprofile) with the code of DevTools' Performance panel and prints as JSON how often each thing was there:
// of a trace by thread and name, {"1": {"Timeout ping": 1}}, of a profile by function, {"ping": 1}.
import { readFileSync } from 'node:fs';

globalThis.window = globalThis;
globalThis.DOMRect = class {}; // of a page's layout; our traces have none
const file = process.argv[2];
const content = JSON.parse(readFileSync(file, 'utf8'));
const found = {};
const count = (counts, name) => { counts[name] = (counts[name] ?? 0) + 1; };

if (file.endsWith('.cpuprofile')) {
    const { CPUProfileDataModel } = await import('@paulirish/trace_engine/models/cpu_profile/cpu_profile.js');
    const profile = new CPUProfileDataModel.CPUProfileDataModel(content);
    profile.forEachFrame((depth, node) => count(found, node.functionName), () => {});
} else {
    const { Processor } = await import('@paulirish/trace_engine');
    const processor = Processor.TraceProcessor.createWithAllHandlers();
    await processor.parse(content.traceEvents, {});
    for (const { threads } of processor.data.Renderer.processes.values()) {
        for (const [thread, { entries }] of threads) {
            found[thread] = {};
            for (const { name } of entries) count(found[thread], name);
        }
    }
}
console.log(JSON.stringify(found));
