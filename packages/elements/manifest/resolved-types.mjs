import { join } from 'node:path';
import ts from 'typescript';

const { InTypeAlias, NoTruncation, UseSingleQuotesForStringLiteralType } = ts.TypeFormatFlags;

const programOf = (configPath) => {
  const { config } = ts.readConfigFile(configPath, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, '.');
  return ts.createProgram(['src/index.ts'], options);
};

/**
 * The analyzer reads one file at a time: of an imported type it knows the name alone, and of what a mixin adds not
 * even the description. The compiler knows both, so that editors offer `user` and `organization`, not `OwnerKind`.
 *
 * @returns {import('@custom-elements-manifest/analyzer').Plugin}
 */
export const resolvedTypes = () => ({
  name: 'resolved-types',
  packageLinkPhase({ customElementsManifest }) {
    const program = programOf('tsconfig.json');
    const checker = program.getTypeChecker();

    const classOf = (path, name) => {
      const source = program.getSourceFile(join(process.cwd(), path)) ?? program.getSourceFile(path);
      const module = source && checker.getSymbolAtLocation(source);
      const symbol = module && checker.getExportsOfModule(module).find((it) => it.name === name);
      return symbol && { source, type: checker.getDeclaredTypeOfSymbol(symbol) };
    };
    const textOf = (type) => {
      const isChoice = type.isUnion() && type.types.every((it) => it.isStringLiteral());
      const flags = NoTruncation | UseSingleQuotesForStringLiteralType | (isChoice ? InTypeAlias : 0);
      return checker.typeToString(type, undefined, flags);
    };

    const index = checker.getSymbolAtLocation(program.getSourceFile('src/index.ts'));
    const exported = new Set(checker.getExportsOfModule(index).map(({ name }) => name));

    for (const { path, declarations = [] } of customElementsManifest.modules) {
      for (const { name, tagName, attributes = [], members = [], events = [] } of declarations) {
        const found = tagName && classOf(path, name);
        if (!found) continue;
        for (const { type } of events) {
          if (type.text !== 'Event' && !exported.has(type.text))
            throw new Error(`<${tagName}> fires a ${type.text}, which src/index.ts does not export.`);
        }
        for (const it of [...attributes, ...members]) {
          const property = it.kind === 'method' ? undefined : found.type.getProperty(it.fieldName ?? it.name);
          if (!property) continue;
          const type = checker.getNonNullableType(checker.getTypeOfSymbolAtLocation(property, found.source));
          it.type = { text: textOf(type) };
          it.description ??= ts.displayPartsToString(property.getDocumentationComment(checker));
        }
      }
    }
  },
});
