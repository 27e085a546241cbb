package dev.or3.tck.suites.engine;

import dev.or3.tck.suites.certify.Effort;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How a {@link CertifiedProvider} is certified. Each value can be overridden by a configuration parameter of the JUnit
 * Platform of the name {@code or3-tck.} and the value's: a system property, or a line of {@code junit-platform.properties}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
public @interface Certify {

    /** How much is tried. */
    Effort level() default Effort.STANDARD;

    /** Plan i is a function of (seed, i): the same seed tries the same plans. */
    long seed() default 42;

    /** The time it takes in all, such as {@code 30s} or {@code 5m}; empty for the level's own. */
    String budget() default "";

    /** Globs of the rules wanted, such as {@code PUSH-*}; empty for all. As a parameter, with commas between them. */
    String[] rules() default {};

    /** How many instances are opened on one data directory, with the clients spread over them; 1 or more. */
    int instances() default 1;

    /** Clients in a race at most, 2 to 16. */
    int clients() default 4;

    /** The profile to hold the provider to, such as {@code or3-sync/1.0}; empty for the one it declares. */
    String profile() default "";
}
