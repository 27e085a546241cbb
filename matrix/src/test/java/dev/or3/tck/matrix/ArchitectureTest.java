package dev.or3.tck.matrix;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Which module and package may know which. Here, because only this module sees them all. */
class ArchitectureTest {
    private static final String API = "dev.or3.tck.api..";
    private static final String SUITES = "dev.or3.tck.suites..";
    private static final String REFERENCE = "dev.or3.tck.reference..";
    private static final String DEPLOYMENT = "dev.or3.tck.reference.convex.deployment..";
    private static final String REPORTS = "dev.or3.tck.reports..";
    private static final String MATRIX = "dev.or3.tck.matrix..";

    /** Where the packaged suites keep their jqwik: not ours to judge. */
    private static final String SHADED = "dev.or3.tck.shaded";
    private static final JavaClasses KIT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains(SHADED.replace('.', '/')))
            .importPackages("dev.or3.tck");

    @Test
    void every_module_is_looked_at() {
        for (String module : new String[] {API, SUITES, REFERENCE, REPORTS, MATRIX}) {
            assertThat(KIT.that(resideInAnyPackage(module))).as(module).isNotEmpty();
        }
    }

    @Test
    void the_api_depends_on_jackson_only() {
        classes().that().resideInAPackage(API).should().onlyDependOnClassesThat()
                .resideInAnyPackage(API, "java..", "com.fasterxml.jackson..").check(KIT);
    }

    @Test
    void the_suites_know_no_provider_no_report_and_no_command_line() {
        noClasses().that().resideInAPackage(SUITES).should().dependOnClassesThat()
                .resideInAnyPackage(REFERENCE, REPORTS, MATRIX).check(KIT);
    }

    @Test
    void the_reports_know_the_result_model_only() {
        noClasses().that().resideInAPackage(REPORTS).should().dependOnClassesThat()
                .resideInAnyPackage(SUITES, REFERENCE, MATRIX).check(KIT);
    }

    @Test
    void the_reference_provider_knows_what_any_provider_knows() {
        noClasses().that().resideInAPackage(REFERENCE).should().dependOnClassesThat()
                .resideInAnyPackage(SUITES, REPORTS, MATRIX).check(KIT);
    }

    @Test
    void nothing_names_a_class_of_a_reference_provider() {
        noClasses().that().resideOutsideOfPackage(REFERENCE).should().dependOnClassesThat()
                .resideInAPackage(REFERENCE).check(KIT);
    }

    @Test
    void the_judge_never_sees_a_provider_a_plan_or_a_fault() {
        noClasses().that().resideInAPackage("dev.or3.tck.suites.check..").should().dependOnClassesThat()
                .resideInAnyPackage("dev.or3.tck.suites.connect..", "dev.or3.tck.suites.plan..",
                        "dev.or3.tck.suites.fault..", "dev.or3.tck.suites.minimize..", "dev.or3.tck.suites.certify..",
                        "dev.or3.tck.suites.engine..")
                .orShould().dependOnClassesThat().haveFullyQualifiedName("dev.or3.tck.api.Provider")
                .orShould().dependOnClassesThat().haveFullyQualifiedName("dev.or3.tck.api.ProviderFactory")
                .check(KIT);
    }

    @Test
    void the_faulty_provider_is_a_provider_and_knows_nothing_of_its_judge() {
        noClasses().that().resideInAPackage("dev.or3.tck.suites.fault..").should().dependOnClassesThat(
                resideInAnyPackage(SUITES).and(resideOutsideOfPackages("dev.or3.tck.suites.fault..",
                        "dev.or3.tck.suites.backend.."))).check(KIT);
    }

    @Test
    void jqwik_stays_behind_the_plans_and_the_minimizer() {
        noClasses().that(resideOutsideOfPackages("dev.or3.tck.suites.plan..", "dev.or3.tck.suites.minimize.."))
                .should().dependOnClassesThat().resideInAnyPackage("net.jqwik..", SHADED + "..").check(KIT);
    }

    @Test
    void the_junit_platform_stays_in_the_engine() {
        noClasses().that().resideOutsideOfPackage("dev.or3.tck.suites.engine..").should().dependOnClassesThat()
                .resideInAPackage("org.junit..").check(KIT);
    }

    @Test
    void the_command_line_library_stays_in_the_command_line() {
        noClasses().that().resideOutsideOfPackage("dev.or3.tck.matrix.cli..").should().dependOnClassesThat()
                .resideInAPackage("picocli..").check(KIT);
    }

    @Test
    void the_stand_in_for_clerk_could_be_a_jar_of_its_own() {
        classes().that().resideInAPackage("dev.or3.tck.matrix.clerk..").should().onlyDependOnClassesThat()
                .resideInAnyPackage("dev.or3.tck.matrix.clerk..", "dev.or3.tck.matrix.host", API, "java..",
                        "com.sun.net.httpserver..", "com.fasterxml.jackson..", "com.nimbusds..").check(KIT);
    }

    @Test
    void what_reads_source_code_stays_with_the_source_code() {
        noClasses().that().resideOutsideOfPackage("dev.or3.tck.matrix.source..").should().dependOnClassesThat()
                .resideInAnyPackage("com.caoccao..", "org.eclipse.jgit..").check(KIT);
    }

    @Test
    void what_looks_at_source_code_knows_no_provider_and_no_command_line() {
        noClasses().that().resideInAnyPackage("dev.or3.tck.matrix.source..", "dev.or3.tck.matrix.findings..",
                        "dev.or3.tck.matrix.guard..", "dev.or3.tck.matrix.packages..", "dev.or3.tck.matrix.yaml..")
                .should().dependOnClassesThat().resideInAnyPackage(SUITES, REFERENCE, "dev.or3.tck.matrix.cli..").check(KIT);
    }

    @Test
    void the_host_knows_no_provider_by_its_class() {
        noClasses().that().resideInAPackage("dev.or3.tck.matrix.host..").should().dependOnClassesThat(
                resideInAnyPackage("dev.or3.tck.matrix..", SUITES, REFERENCE)
                        .and(resideOutsideOfPackages("dev.or3.tck.matrix.host.."))).check(KIT);
    }

    @Test
    void the_web_server_stays_in_the_host() {
        noClasses().that().resideOutsideOfPackage("dev.or3.tck.matrix.host..").should().dependOnClassesThat()
                .resideInAPackage("org.eclipse.jetty..").check(KIT);
    }

    @Test
    void sqlite_stays_in_its_provider() {
        noClasses().that().resideOutsideOfPackage(REFERENCE).should().dependOnClassesThat()
                .resideInAnyPackage("org.sqlite..", "java.sql..").check(KIT);
    }

    @Test
    void the_deployment_that_is_played_knows_neither_the_kit_nor_its_provider() {
        noClasses().that().resideInAPackage(DEPLOYMENT).should().dependOnClassesThat(
                resideInAnyPackage("dev.or3.tck..").and(resideOutsideOfPackages(DEPLOYMENT))).check(KIT);
    }

    @Test
    void the_provider_on_convex_only_starts_the_deployment_and_asks_it_over_http() {
        noClasses().that().resideInAPackage("dev.or3.tck.reference.convex").should().dependOnClassesThat()
                .resideInAnyPackage("dev.or3.tck.reference.convex.deployment.*..", "com.github.tomakehurst..").check(KIT);
    }

    @Test
    void wiremock_stays_in_what_is_played() {
        noClasses().that().resideOutsideOfPackages(DEPLOYMENT, "dev.or3.tck.suites.backend..").should().dependOnClassesThat()
                .resideInAPackage("com.github.tomakehurst..").check(KIT);
    }

    @Test
    void nothing_writes_to_the_standard_streams_by_itself() {
        noClasses().should(ACCESS_STANDARD_STREAMS).check(KIT);
    }

    @Test
    void the_packages_of_the_suites_form_no_circle() {
        slices().matching("dev.or3.tck.suites.(*)..").should().beFreeOfCycles().check(KIT);
    }
}
