package dev.or3.tck.suites.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.or3.tck.api.Json;
import dev.or3.tck.suites.plan.Action.Ask;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StorePlansTest {

    @Test
    void a_plan_is_a_function_of_seed_and_index() {
        for (int i = 0; i < 50; i++) {
            assertThat(StorePlans.generate(42, i, true)).isEqualTo(StorePlans.generate(42, i, true));
            assertThat(StorePlans.generate(42, i, true)).isNotEqualTo(StorePlans.generate(43, i, true));
        }
        assertThat(IntStream.range(0, 200).mapToObj(i -> StorePlans.generate(1, i, true).stages()).distinct().count())
                .isGreaterThan(180);
    }

    @Test
    void a_plan_survives_json_and_its_inputs_are_json() {
        for (Plan plan : plans()) {
            assertThat(Plan.fromJson(plan.toJson())).isEqualTo(plan);
            calls(plan).forEach(call -> assertThat(Json.parse(call.input()).isObject()).isTrue());
        }
    }

    @Test
    void variables_are_bound_once_and_before_they_are_used() {
        for (Plan plan : plans()) {
            Set<String> bound = new HashSet<>();
            for (Ask call : calls(plan)) {
                Matcher used = Pattern.compile("\\$\\{var:([^}]+)}").matcher(call.input());
                while (used.find()) {
                    assertThat(bound).describedAs("%s: %s", plan.name(), call.input()).contains(used.group(1));
                }
                for (String variable : call.binds().keySet()) {
                    assertThat(bound.add(variable)).describedAs("%s binds %s", plan.name(), variable).isTrue();
                }
            }
        }
    }

    @Test
    void without_the_control_nothing_restarts() {
        assertThat(StorePlans.examples(false)).noneMatch(Plan::restarts);
        assertThat(IntStream.range(0, 300).mapToObj(i -> StorePlans.generate(3, i, false))).noneMatch(Plan::restarts);
        assertThat(IntStream.range(0, 300).mapToObj(i -> StorePlans.generate(3, i, true))).anyMatch(Plan::restarts);
    }

    @Test
    void the_examples_name_every_rule_and_use_every_method() {
        Set<String> rules = new TreeSet<>();
        Set<String> methods = new TreeSet<>();
        for (Plan plan : StorePlans.examples(true)) {
            Matcher numbers = Pattern.compile("(?<=-)\\d\\d").matcher(plan.name());
            while (numbers.find()) {
                rules.add(numbers.group());
            }
            calls(plan).forEach(call -> methods.add(call.method()));
        }
        assertThat(rules).containsExactly("01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "14",
                "15");
        assertThat(methods).hasSize(9);
    }

    private static List<Plan> plans() {
        return Stream.concat(StorePlans.examples(true).stream(),
                IntStream.range(0, 30).mapToObj(i -> StorePlans.generate(7, i, true))).toList();
    }

    private static List<Ask> calls(Plan plan) {
        return plan.stages().stream().flatMap(stage -> stage.steps().stream()).map(Plan.Step::action)
                .filter(Ask.class::isInstance).map(Ask.class::cast).toList();
    }
}
