package dev.or3.tck.matrix.source;

import static com.caoccao.javet.swc4j.ast.visitors.Swc4jAstVisitorResponse.OkAndContinue;

import com.caoccao.javet.swc4j.ast.expr.Swc4jAstCallExpr;
import com.caoccao.javet.swc4j.ast.expr.Swc4jAstMemberExpr;
import com.caoccao.javet.swc4j.ast.expr.Swc4jAstMetaPropExpr;
import com.caoccao.javet.swc4j.ast.expr.Swc4jAstTpl;
import com.caoccao.javet.swc4j.ast.expr.lit.Swc4jAstStr;
import com.caoccao.javet.swc4j.ast.interfaces.ISwc4jAst;
import com.caoccao.javet.swc4j.ast.module.Swc4jAstExportAll;
import com.caoccao.javet.swc4j.ast.module.Swc4jAstImport;
import com.caoccao.javet.swc4j.ast.module.Swc4jAstImportDecl;
import com.caoccao.javet.swc4j.ast.module.Swc4jAstNamedExport;
import com.caoccao.javet.swc4j.ast.module.Swc4jAstTsExternalModuleRef;
import com.caoccao.javet.swc4j.ast.ts.Swc4jAstTsImportType;
import com.caoccao.javet.swc4j.ast.visitors.Swc4jAstVisitor;
import com.caoccao.javet.swc4j.ast.visitors.Swc4jAstVisitorResponse;
import dev.or3.tck.matrix.source.ModuleUse.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Collects where modules are named. */
final class ModuleUseCollector extends Swc4jAstVisitor {
    private static final String REQUIRE = "require";
    private static final String RESOLVE = "resolve";
    private static final Set<String> TEST_FRAMEWORKS = Set.of("vi", "vitest", "jest");
    private static final Set<String> MOCKING = Set.of("mock", "doMock", "unmock", "doUnmock", "importActual", "importMock",
            "requireActual", "requireMock");

    private final List<ModuleUse> found = new ArrayList<>();

    List<ModuleUse> found() {
        return List.copyOf(found);
    }

    @Override
    public Swc4jAstVisitorResponse visitImportDecl(Swc4jAstImportDecl node) {
        return add(node.isTypeOnly() ? Kind.TYPE_IMPORT : Kind.IMPORT, node.getSrc());
    }

    @Override
    public Swc4jAstVisitorResponse visitNamedExport(Swc4jAstNamedExport node) {
        node.getSrc().ifPresent(source -> add(node.isTypeOnly() ? Kind.TYPE_RE_EXPORT : Kind.RE_EXPORT, source));
        return OkAndContinue;
    }

    @Override
    public Swc4jAstVisitorResponse visitExportAll(Swc4jAstExportAll node) {
        return add(node.isTypeOnly() ? Kind.TYPE_RE_EXPORT : Kind.RE_EXPORT, node.getSrc());
    }

    @Override
    public Swc4jAstVisitorResponse visitTsExternalModuleRef(Swc4jAstTsExternalModuleRef node) {
        return add(Kind.IMPORT, node.getExpr());
    }

    @Override
    public Swc4jAstVisitorResponse visitTsImportType(Swc4jAstTsImportType node) {
        add(Kind.IMPORTED_TYPE, node.getArg());
        // Its arguments and attributes hold types that may be imported too.
        return OkAndContinue;
    }

    @Override
    public Swc4jAstVisitorResponse visitCallExpr(Swc4jAstCallExpr node) {
        Kind kind = kind(node.getCallee());
        if (kind != null && !node.getArgs().isEmpty()) {
            add(kind, node.getArgs().get(0).getExpr());
        }
        return OkAndContinue;
    }

    /** Null if such a call names no module. */
    private static Kind kind(ISwc4jAst callee) {
        if (callee instanceof Swc4jAstImport) {
            return Kind.DYNAMIC_IMPORT;
        }
        if (Names.is(callee, REQUIRE)) {
            return Kind.REQUIRE;
        }
        if (callee instanceof Swc4jAstMemberExpr member) {
            if (Names.is(member.getProp(), REQUIRE)) {
                return Kind.REQUIRE;
            }
            if (Names.is(member.getProp(), RESOLVE) && Names.is(member.getObj(), REQUIRE)) {
                return Kind.REQUIRE_RESOLVE;
            }
            if (Names.is(member.getProp(), RESOLVE) && member.getObj() instanceof Swc4jAstMetaPropExpr) {
                return Kind.META_RESOLVE;
            }
            if (TEST_FRAMEWORKS.stream().anyMatch(name -> Names.is(member.getObj(), name))
                    && MOCKING.stream().anyMatch(name -> Names.is(member.getProp(), name))) {
                return Kind.MOCK;
            }
        }
        return null;
    }

    private Swc4jAstVisitorResponse add(Kind kind, ISwc4jAst specifier) {
        if (specifier instanceof Swc4jAstStr text) {
            add(kind, text.getValue(), true, Script.place(text.getSpan()));
        } else if (specifier instanceof Swc4jAstTpl template) {
            String start = template.getQuasis().get(0).getCooked().orElse("");
            add(kind, start, template.getExprs().isEmpty(), Script.place(template.getSpan()));
        } else {
            add(kind, "", false, Script.place(specifier.getSpan()));
        }
        return OkAndContinue;
    }

    /** Bundlers name modules of their own making with a NUL, which no file has in its name. */
    private void add(Kind kind, String specifier, boolean whole, Place place) {
        int madeUp = specifier.indexOf('\0');
        found.add(madeUp < 0 ? new ModuleUse(kind, specifier, whole, place)
                : new ModuleUse(kind, specifier.substring(0, madeUp), false, place));
    }
}
