package dev.or3.tck.matrix.source;

import com.caoccao.javet.swc4j.ast.clazz.Swc4jAstComputedPropName;
import com.caoccao.javet.swc4j.ast.expr.Swc4jAstIdent;
import com.caoccao.javet.swc4j.ast.expr.Swc4jAstIdentName;
import com.caoccao.javet.swc4j.ast.expr.Swc4jAstMemberExpr;
import com.caoccao.javet.swc4j.ast.expr.lit.Swc4jAstStr;
import com.caoccao.javet.swc4j.ast.interfaces.ISwc4jAst;
import java.util.Optional;

/** Which name a node stands for. */
final class Names {
    private Names() {
    }

    /** Of an identifier, of a property after a point, and of one in brackets and quotes. */
    static Optional<String> of(ISwc4jAst node) {
        if (node instanceof Swc4jAstIdent ident) {
            return Optional.of(ident.getSym());
        }
        if (node instanceof Swc4jAstIdentName name) {
            return Optional.of(name.getSym());
        }
        return node instanceof Swc4jAstComputedPropName computed && computed.getExpr() instanceof Swc4jAstStr text
                ? Optional.of(text.getValue()) : Optional.empty();
    }

    static boolean is(ISwc4jAst node, String name) {
        return of(node).filter(name::equals).isPresent();
    }

    /** Whether a node is {@code object.property}. */
    static boolean isMember(ISwc4jAst node, String object, String property) {
        return node instanceof Swc4jAstMemberExpr member && is(member.getObj(), object) && is(member.getProp(), property);
    }
}
