/**
 * Every report format, rendered from {@link dev.or3.tck.api.result.Report}: JSON, JUnit XML, HTML, Allure, terminal.
 * Nothing here knows how a rule is judged. What a provider said is untrusted text, and passes through {@link Visible}.
 */
package dev.or3.tck.reports;
