// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
interface Shape { area(): number; name?: string }
type Pair<T> = [T, T];
enum Color { Red = 1, Green }
const enum Size { Small = 'S' }
abstract class Base<T> {
  constructor(protected readonly value: T, private count = 2) { }
  abstract describe(): string;
  get both(): Pair<T | number> { return [this.value, this.count]; }
}
class Derived extends Base<number> implements Shape {
  declare ignored: string;
  name?: string;
  area(): number { return this.value! * 2; }
  override describe(): string { return `d${this.area() as number}`; }
}
function identity<T>(x: T): T { return x; }
const arrow = async <T,>(x: T): Promise<T> => { await null; return x satisfies T; };
namespace Space { export const inside = 4; }
function overloaded(a: string): string;
function overloaded(a: number): number;
function overloaded(a: unknown) { return a; }
const d = new Derived(3);
console.log(JSON.stringify([d.area(), d.describe(), d.both, Color.Green, Color[1], Size.Small, identity<number>(5), Space.inside, overloaded('o'), 'name' in d]));
arrow(6).then((v: number) => console.log('async ' + v));
let definite!: number;
definite = <any>7 as number;
console.log(definite);
export = {};
