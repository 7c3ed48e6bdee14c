package org.actium.deployment.api;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What was found at a host, or at a gateway on the way to others.
 *
 * @param way to it, for people: {@code ann@gate → node7}
 */
public record HostReport(String way, List<Finding> findings) {

    public HostReport {
        Objects.requireNonNull(way, "way");
        findings = List.copyOf(findings);
    }

    /**
     * One thing that was looked at on the way to a host, or there.
     *
     * @param what in one word: {@code java}
     * @param found what there is, for people
     * @param remedy what to do about it; empty if it is well as it is
     */
    public record Finding(String what, String found, Optional<String> remedy) {

        public Finding {
            Objects.requireNonNull(what, "what");
            Objects.requireNonNull(found, "found");
            Objects.requireNonNull(remedy, "remedy");
        }

        public static Finding well(String what, String found) {
            return new Finding(what, found, Optional.empty());
        }

        public static Finding bad(String what, String found, String remedy) {
            return new Finding(what, found, Optional.of(remedy));
        }
    }

    public boolean isWell() {
        return remedies() == 0;
    }

    private int remedies() {
        return (int) findings.stream()
                .filter(finding -> finding.remedy().isPresent())
                .count();
    }

    /** All of them as lines for people, with how many are well at the end. */
    public static String text(List<HostReport> reports) {
        if (reports.isEmpty()) {
            return "nothing of it is started through a remote shell\n";
        }
        var text = new StringBuilder();
        for (HostReport report : reports) {
            text.append(report.way).append('\n');
            for (Finding finding : report.findings) {
                text.append("  %-10s %s\n".formatted(finding.what, finding.found));
                finding.remedy.ifPresent(remedy -> text.append("  %-10s %s\n".formatted("  mend:", remedy)));
            }
        }
        int bad = reports.stream().mapToInt(HostReport::remedies).sum();
        long well = reports.stream().filter(HostReport::isWell).count();
        return text.append("%d of %d hosts are well".formatted(well, reports.size()))
                .append(bad == 0 ? "\n" : ", %d %s to be mended\n".formatted(bad, bad == 1 ? "thing is" : "things are"))
                .toString();
    }
}
