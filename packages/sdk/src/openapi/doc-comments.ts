import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** The doc comment of one thing in the contract modules, and of its members. */
export interface DocComment {
  readonly text: string;
  readonly members: ReadonlyMap<string, DocComment>;
}

const contractModule = fileURLToPath(new URL('../contract/index.ts', import.meta.url));
const configFile = fileURLToPath(new URL('../../tsconfig.json', import.meta.url));

/** Lines of a comment are wrapped in the source and not in the document; an empty line or a list item starts anew. */
const unwrap = (text: string): string => text.replace(/(?<!\n)\n(?!\n|- )/g, ' ').trim();

/** Comments before the elements of an array, as in `['draft', 'sent']`, belong to no symbol: they are read as text. */
const elementComments = (array: ts.ArrayLiteralExpression): Map<string, DocComment> => {
  const source = array.getSourceFile().text;
  const comments = array.elements.filter(ts.isStringLiteral).map((element): [string, DocComment] => {
    const ranges = ts.getLeadingCommentRanges(source, element.pos) ?? [];
    const lines = ranges
      .map(({ pos, end }) => source.slice(pos, end))
      .filter((comment) => comment.startsWith('/**'))
      .map((comment) => comment.replace(/^\/\*\*|\*\/$/g, '').replace(/^\s*\* ?/gm, ''));
    return [element.text, { text: unwrap(lines.join('\n')), members: new Map() }];
  });
  return new Map(comments);
};

/** The array that `['a', 'b'] as const` is. */
const arrayIn = (declaration: ts.Declaration | undefined): ts.ArrayLiteralExpression | undefined => {
  const initializer = declaration && ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  const expression = initializer && ts.isAsExpression(initializer) ? initializer.expression : initializer;
  return expression && ts.isArrayLiteralExpression(expression) ? expression : undefined;
};

/** Schemas that wrap another one and have no members of their own. */
const wrappers = new Set(['ZodMiniOptional', 'ZodMiniNullable', 'ZodMiniArray']);

class Reader {
  readonly #checker: ts.TypeChecker;
  readonly #place: ts.Node;

  constructor(checker: ts.TypeChecker, place: ts.Node) {
    this.#checker = checker;
    this.#place = place;
  }

  read(symbol: ts.Symbol): DocComment {
    const declared = symbol.flags & ts.SymbolFlags.Alias ? this.#checker.getAliasedSymbol(symbol) : symbol;
    const array = arrayIn(declared.valueDeclaration);
    const members = array
      ? elementComments(array)
      : new Map(this.#membersOf(declared).map((member) => [member.name, this.read(member)]));
    const text = unwrap(ts.displayPartsToString(declared.getDocumentationComment(this.#checker)));
    return { text, members };
  }

  #membersOf(symbol: ts.Symbol): ts.Symbol[] {
    return this.#membersOfType(this.#checker.getTypeOfSymbolAtLocation(symbol, this.#place));
  }

  /** Of a schema, the members of its shape; of a plain object, its own. */
  #membersOfType(type: ts.Type): ts.Symbol[] {
    const name = type.symbol?.name ?? type.aliasSymbol?.name ?? '';
    const [first] = this.#checker.getTypeArguments(type as ts.TypeReference);
    if (first && wrappers.has(name)) return this.#membersOfType(first);
    if (first && name === 'ZodMiniObject') return first.getProperties();
    // A schema that is typed by what it gives, as `z.ZodMiniType<Form>`.
    if (first && name === 'ZodMiniType') return this.#membersOfType(first);
    if (type.isUnion()) return type.types.flatMap((part) => this.#membersOfType(part));
    return this.#isPlain(type) ? type.getProperties() : [];
  }

  /** An object literal, or several spread into one: not a schema, whose members are methods, nor a text. */
  #isPlain(type: ts.Type): boolean {
    if (type.isIntersection()) return type.types.every((part) => this.#isPlain(part));
    const { symbol } = type;
    return Boolean(symbol && symbol.flags & (ts.SymbolFlags.ObjectLiteral | ts.SymbolFlags.TypeLiteral));
  }
}

/**
 * The doc comments of all that the contract exports, by name: an operation's, a schema's, a property's. They are read
 * from the sources, as an editor does it, so that what a browser downloads carries no descriptions.
 */
export const readDocComments = (): ReadonlyMap<string, DocComment> => {
  const { config } = ts.readConfigFile(configFile, (path) => ts.sys.readFile(path)) as { config: object };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, fileURLToPath(new URL('../../', import.meta.url)));
  const program = ts.createProgram([contractModule], { ...options, noEmit: true });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(contractModule);
  const module = source && checker.getSymbolAtLocation(source);
  if (!source || !module) throw new Error(`There is no ${contractModule}`);
  const reader = new Reader(checker, source);
  return new Map(checker.getExportsOfModule(module).map((symbol) => [symbol.name, reader.read(symbol)]));
};
