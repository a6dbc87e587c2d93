interface Shape { area(): number; readonly name?: string }
type Maybe<T> = T | null | undefined;
abstract class Base<T extends string = string> implements Shape { constructor(public readonly label: T, protected size: number = 2) {} abstract area(): number; describe(this: Base<T>): string { return `${this.label}: ${this.area()}`; } }
class Square extends Base { private cache?: number; declare ghost: string; area(): number { return (this.cache ??= this.size ** 2); } }
enum Color { Red, Green = 2, Blue = 5, Next }
const enum Flag { A = 1 << 0, B = 1 << 1 }
namespace Tools { export const double = (x: number): number => x * 2; }
function identity<T>(value: T): T { return value; }
const shapes: Shape[] = [new Square('square')]; const maybe = null as Maybe<string>; const sure = shapes[0]!;
console.log(new Square('sq', 3).describe(), sure.area(), Color.Red, Color[5], Color.Next, Flag.B, Tools.double(4), identity<number>(7), maybe ?? 'none', (<any>'cast').length);
let tuple: [string, number?] = ['t']; const record = { a: 1, b: 2 } satisfies Record<string, number>; function over(x: string): string; function over(x: number): number; function over(x: any) { return x; } console.log(tuple, record, over(1), Object.keys(new Square('k')));
(async (): Promise<void> => { const v: number = await Promise.resolve(1); console.log(v); })()
