package dev.or3.tck.suites.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.catalogue.Catalogue;
import dev.or3.tck.api.catalogue.Rule;
import dev.or3.tck.suites.fault.Fault.Need;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FaultsTest {
    private static List<String> correct;

    @TempDir
    Path directory;

    @Test
    void every_rule_of_the_catalogue_has_a_fault_that_it_explains() {
        Set<String> explained = Fault.all().stream().flatMap(fault -> fault.rules().stream()).collect(Collectors.toSet());
        assertThat(Catalogue.current().rules()).filteredOn(rule -> !rule.component().equals(Rule.HOST)).extracting(Rule::id)
                .filteredOn(id -> !explained.contains(id)).as("rules that no fault of a provider names").isEmpty();
    }

    @Test
    void every_fault_names_known_rules_each_once() {
        Set<String> known = Catalogue.current().rules().stream().map(Rule::id).collect(Collectors.toSet());
        assertThat(Fault.all()).allSatisfy(fault -> assertThat(fault.rules()).as(fault.toString())
                .isNotEmpty().doesNotHaveDuplicates().isSubsetOf(known));
    }

    @Test
    void ids_and_descriptions_are_unique() {
        assertThat(Fault.all()).extracting(Fault::id).doesNotHaveDuplicates().hasSizeGreaterThan(90);
        assertThat(Fault.all()).extracting(Fault::description).doesNotHaveDuplicates();
    }

    @Test
    void faults_of_different_parts_combine_and_those_of_one_part_do_not() {
        open("I04,q01").close();
        assertThatThrownBy(() -> open("Q01,Q06")).hasMessageContaining("same part");
    }

    @BeforeAll
    static void takeTheTour(@TempDir Path place) {
        correct = Tour.of(place, "");
    }

    /** Of the components through which the tour leads; those of others are shown to change an answer by being caught. */
    private static boolean isToured(Fault fault) {
        return Set.of("sync", "workspaces").contains(Catalogue.current().rule(fault.rules().get(0)).component());
    }

    static Stream<Fault> sequential() {
        return Fault.all().stream().filter(FaultsTest::isToured).filter(
                fault -> !fault.needs().contains(Need.CONCURRENT) && !fault.needs().contains(Need.CRASH));
    }

    static Stream<Fault> crashing() {
        return Fault.all().stream().filter(fault -> fault.needs().contains(Need.CRASH));
    }

    @ParameterizedTest
    @MethodSource("sequential")
    void a_fault_that_needs_no_race_changes_an_answer(Fault fault) throws Exception {
        assertThat(Tour.of(directory("faulty"), fault.id()).equals(correct)).as("%s shows nowhere", fault).isFalse();
    }

    @ParameterizedTest
    @MethodSource("crashing")
    void a_fault_that_needs_a_kill_changes_no_answer_without_one(Fault fault) throws Exception {
        assertThat(Tour.of(directory("faulty"), fault.id())).isEqualTo(correct);
    }

    @Test
    void the_tour_of_the_correct_provider_is_always_the_same() throws Exception {
        assertThat(Tour.of(directory("second"), "")).isEqualTo(correct);
        assertThat(new HashSet<>(correct)).hasSizeGreaterThan(100);
    }

    private Path directory(String name) throws Exception {
        return Files.createDirectories(directory.resolve(name));
    }

    private Provider open(String faults) {
        return new MemoryProviderFactory().open(
                ProviderConfig.in(directory).with(Map.of(MemoryProviderFactory.FAULT_SETTING, faults)));
    }
}
