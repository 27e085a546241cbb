package dev.or3.tck.matrix.source;

import static com.caoccao.javet.swc4j.ast.visitors.Swc4jAstVisitorResponse.OkAndContinue;

import com.caoccao.javet.swc4j.ast.expr.Swc4jAstCallExpr;
import com.caoccao.javet.swc4j.ast.expr.Swc4jAstIdent;
import com.caoccao.javet.swc4j.ast.expr.Swc4jAstMemberExpr;
import com.caoccao.javet.swc4j.ast.expr.Swc4jAstMetaPropExpr;
import com.caoccao.javet.swc4j.ast.expr.lit.Swc4jAstStr;
import com.caoccao.javet.swc4j.ast.interfaces.ISwc4jAst;
import com.caoccao.javet.swc4j.ast.pat.Swc4jAstAssignPatProp;
import com.caoccao.javet.swc4j.ast.pat.Swc4jAstKeyValuePatProp;
import com.caoccao.javet.swc4j.ast.pat.Swc4jAstObjectPat;
import com.caoccao.javet.swc4j.ast.stmt.Swc4jAstVarDeclarator;
import com.caoccao.javet.swc4j.ast.visitors.Swc4jAstVisitor;
import com.caoccao.javet.swc4j.ast.visitors.Swc4jAstVisitorResponse;
import dev.or3.tck.matrix.source.Mention.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Collects what is said beside the modules that are named. */
final class MentionCollector extends Swc4jAstVisitor {
    private static final String PROCESS = "process";
    private static final String ENVIRONMENT = "env";
    private static final Set<String> FOREIGN_NAMES = Set.of("__dirname", "__filename");
    private static final Map<String, Kind> MAKERS = Map.of("createRequire", Kind.REQUIRE_MAKER,
            "createResolver", Kind.RESOLVER_MAKER);
    private static final Set<String> WRITING = Set.of("writeFile", "writeFileSync", "copyFile", "copyFileSync", "cp",
            "cpSync", "rename", "renameSync", "createWriteStream");

    private final List<Mention> found = new ArrayList<>();

    List<Mention> found() {
        return List.copyOf(found);
    }

    @Override
    public Swc4jAstVisitorResponse visitStr(Swc4jAstStr node) {
        return add(Kind.STRING, node.getValue(), node);
    }

    @Override
    public Swc4jAstVisitorResponse visitIdent(Swc4jAstIdent node) {
        if (FOREIGN_NAMES.contains(node.getSym())) {
            add(Kind.FOREIGN_PLACE, node.getSym(), node);
        } else if (MAKERS.containsKey(node.getSym())) {
            add(MAKERS.get(node.getSym()), node.getSym(), node);
        }
        return OkAndContinue;
    }

    @Override
    public Swc4jAstVisitorResponse visitMemberExpr(Swc4jAstMemberExpr node) {
        if (isEnvironment(node.getObj())) {
            Names.of(node.getProp()).ifPresent(name -> add(Kind.ENVIRONMENT_VARIABLE, name, node));
        }
        return OkAndContinue;
    }

    /** {@code const { X, Y: y } = process.env}. */
    @Override
    public Swc4jAstVisitorResponse visitVarDeclarator(Swc4jAstVarDeclarator node) {
        if (node.getInit().filter(init -> isEnvironment(init)).isPresent()
                && node.getName() instanceof Swc4jAstObjectPat taken) {
            taken.getProps().forEach(property -> taken(property)
                    .ifPresent(name -> add(Kind.ENVIRONMENT_VARIABLE, name, property)));
        }
        return OkAndContinue;
    }

    private static Optional<String> taken(ISwc4jAst property) {
        if (property instanceof Swc4jAstKeyValuePatProp renamed) {
            return Names.of(renamed.getKey());
        }
        return property instanceof Swc4jAstAssignPatProp plain ? Names.of(plain.getKey().getId()) : Optional.empty();
    }

    private static boolean isEnvironment(ISwc4jAst node) {
        return Names.isMember(node, PROCESS, ENVIRONMENT) || node instanceof Swc4jAstMemberExpr member
                && member.getObj() instanceof Swc4jAstMetaPropExpr && Names.is(member.getProp(), ENVIRONMENT);
    }

    @Override
    public Swc4jAstVisitorResponse visitCallExpr(Swc4jAstCallExpr node) {
        ISwc4jAst callee = node.getCallee();
        Optional<String> name = callee instanceof Swc4jAstMemberExpr member ? Names.of(member.getProp()) : Names.of(callee);
        if (Names.isMember(callee, PROCESS, "cwd")) {
            add(Kind.WORKING_DIRECTORY, "process.cwd()", node);
        } else if (name.filter("resolve"::equals).isPresent() && node.getArgs().size() == 1
                && node.getArgs().get(0).getExpr() instanceof Swc4jAstStr path && path.getValue().startsWith(".")
                && path.getValue().indexOf('\0') < 0) {
            add(Kind.RESOLVED_PATH, path.getValue(), path);
        } else if (name.filter(WRITING::contains).isPresent()) {
            add(Kind.WRITING_CALL, name.get(), node);
        }
        return OkAndContinue;
    }

    private Swc4jAstVisitorResponse add(Kind kind, String text, ISwc4jAst node) {
        found.add(new Mention(kind, text, Script.place(node.getSpan())));
        return OkAndContinue;
    }
}
