package dev.or3.tck.suites.plan;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Plans written by hand, the same for every seed: for each rule of the sync component at least one in which its premise
 * occurs, as far as the provider declares what it takes.
 */
public final class ExamplePlans {
    private ExamplePlans() {
    }

    /** Those that leave provider time alone. */
    public static List<Plan> still(PlanContext context) {
        return Stream.of(new PushExamples(context), new LineExamples(context), new WinnerExamples(context),
                new PullExamples(context)).flatMap(group -> group.plans().stream())
                .filter(plan -> !plan.movesClock()).toList();
    }

    /** Those that move provider time, and so run alone. */
    public static List<Plan> moving(PlanContext context) {
        return Stream.concat(new CollectionExamples(context).plans().stream(),
                new LineExamples(context).plans().stream().filter(Plan::movesClock)).toList();
    }

    /** All of them. */
    public static List<Plan> all(PlanContext context) {
        return Stream.concat(still(context).stream(), moving(context).stream()).toList();
    }

    /**
     * A log that is written under the schema before this one and read under this one (WIRE-05). Its target must be fresh,
     * and serve the schema as of {@code context.schema().version() - 1}; empty if there was none before.
     */
    public static Optional<Plan> grownSchema(PlanContext context) {
        return context.schema().version() < 2 ? Optional.empty() : Optional.of(PullExamples.grownSchema(context));
    }
}
