package dev.or3.tck.suites.run.bench;

import java.util.List;

/** What several rounds of a measurement come to. */
final class Rounds {
    private Rounds() {
    }

    static double median(List<Double> values) {
        return percentile(values, 50);
    }

    /** The value that so many percent of the others do not exceed. */
    static double percentile(List<Double> values, int percent) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }

    /** The slope of the logarithm of the cost over the logarithm of the size. */
    static double exponent(List<Double> sizes, List<Double> costs) {
        double meanX = sizes.stream().mapToDouble(Math::log).average().orElseThrow();
        double meanY = costs.stream().mapToDouble(Math::log).average().orElseThrow();
        double covariance = 0;
        double variance = 0;
        for (int i = 0; i < sizes.size(); i++) {
            double x = Math.log(sizes.get(i)) - meanX;
            covariance += x * (Math.log(costs.get(i)) - meanY);
            variance += x * x;
        }
        return covariance / variance;
    }
}
