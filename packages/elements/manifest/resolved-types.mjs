import { join } from 'node:path';
import ts from 'typescript';

const { InTypeAlias, NoTruncation, UseSingleQuotesForStringLiteralType } = ts.TypeFormatFlags;

const programOf = (configPath) => {
  const { config } = ts.readConfigFile(configPath, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, '.');
  return ts.createProgram(['src/index.ts'], options);
};

/**
 * The analyzer reads one file at a time: it knows only the name of an imported type, and no description or `@internal`
 * of a mixin's member. The compiler knows them, so that editors offer `user` and `organization` instead of `OwnerKind`.
 * Members marked `@internal` are left out, as is all that src/index.ts does not export; every other member must say what
 * a host page can use it for.
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

    const standard = checker.getDeclaredTypeOfSymbol(
      checker.resolveName('HTMLElement', undefined, ts.SymbolFlags.Interface, false),
    );
    const isInternal = (property) => property?.getJsDocTags(checker).some(({ name }) => name === 'internal');

    const index = checker.getSymbolAtLocation(program.getSourceFile('src/index.ts'));
    const exported = new Set(checker.getExportsOfModule(index).map(({ name }) => name));

    for (const entry of customElementsManifest.modules) {
      const { path, declarations = [], exports = [] } = entry;
      entry.declarations = declarations.filter(({ name, tagName }) => tagName || exported.has(name));
      entry.exports = exports.filter(({ kind, name }) => kind === 'custom-element-definition' || exported.has(name));
      for (const declaration of declarations) {
        const { name, tagName, attributes = [], events = [] } = declaration;
        const found = declaration.members && classOf(path, name);
        if (!found) continue;
        const members = declaration.members.filter((it) => !isInternal(found.type.getProperty(it.name)));
        declaration.members = members;
        if (!tagName) continue;
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
        for (const it of members) {
          if (it.name.endsWith('Callback') || (!it.description && !standard.getProperty(it.name)))
            throw new Error(
              `<${tagName}> has the member ${it.name}: describe it for host pages, or mark it @internal where it is declared.`,
            );
        }
      }
    }
    customElementsManifest.modules = customElementsManifest.modules.filter(({ exports }) => exports.length > 0);
  },
});
