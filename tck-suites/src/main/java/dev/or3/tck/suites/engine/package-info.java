/**
 * The JUnit Platform engine {@code or3-tck}: provider, group, rule, as JUnit, IDEs, surefire and Allure show them.
 */
package dev.or3.tck.suites.engine;
