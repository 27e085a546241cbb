package dev.or3.tck.matrix.packages;

import dev.or3.tck.matrix.findings.Finding;
import dev.or3.tck.matrix.findings.Requirement;
import dev.or3.tck.matrix.findings.Requirements;
import dev.or3.tck.matrix.source.Place;
import java.util.Locale;

/** One thing that is looked at, and the rule that asks for it. */
enum Check {
    READABLE("READ"),
    MANIFEST("PKG-01"), MODULE_TYPE("PKG-01"), NUXT_EXPORT("PKG-01"), EXPORT_TARGETS("PKG-01"), DECLARATIONS("PKG-01"),
    FRAMEWORK_PEER("PKG-01"), PACKED_IMPORTS("PKG-01"),
    HOST_PATHS("PKG-02"), MODULE_IDS("PKG-02"),
    HOST_SDKS("PKG-03"), SDK_SECTION("PKG-03"),
    README("PKG-04"), README_INSTALL("PKG-04"), README_ENVIRONMENT("PKG-04"), README_INTEGRATION("PKG-04"),
    README_STORAGE("PKG-04"),
    INIT_COMMAND("PKG-05"), INIT_KEEPS("PKG-05"), INIT_DOCUMENTED("PKG-05"),
    TSCONFIG("PKG-06"), SCRIPTS("PKG-06"), DECLARATION_STRATEGY("PKG-06"), OWN_URL("PKG-06"), NO_REQUIRE("PKG-06"),
    LOCK_FILE("PKG-06"),
    CORE_TESTS("PKG-07"), IMPLEMENTATION_TESTS("PKG-07"), ONE_PLACE("PKG-07");

    private final Requirement rule;

    Check(String rule) {
        this.rule = Requirements.of(rule);
    }

    /** As tables and JSON write it. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Requirement rule() {
        return rule;
    }

    Finding found(String file, Place place, String text, String advice) {
        return new Finding(rule, id(), file, place, text, advice, null);
    }
}
