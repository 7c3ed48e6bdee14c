package org.actium.simulation.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.stream.LongStream;
import org.actium.simulation.Campaign;
import org.actium.simulation.CampaignSummary;
import org.actium.simulation.Verdict;
import org.actium.simulation.disk.Disk;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class JournalScenarioTest {

    private static final int FAULTS = 6;

    @Rule
    public final Timeout deadline = Timeout.seconds(120);

    @Test
    public void whatWasSyncedIsThereAndAllFaultsOfDisksAreFelt() {
        CampaignSummary summary = Campaign.of(new JournalScenario(FAULTS)).run(LongStream.range(0, 40), line -> {});

        assertThat(summary.isGreen()).as(summary.text()).isTrue();
        for (String what : List.of(
                "torn tail cut",
                "number not safe",
                "journal mended in vain",
                "journal opened in vain",
                "journal read after a restart")) {
            assertThat(summary.sometimes(what)).as(what).isPositive();
        }
        assertThat(summary.text()).contains("disk stall", "disk failure", "disk full");
    }

    @Test
    public void aJournalThatDoesNotSyncLosesNumbers() {
        CampaignSummary summary = Campaign.of(new JournalScenario(FAULTS, JournalScenarioTest::neverSynced))
                .minimising(0)
                .run(LongStream.range(0, 20), line -> {});

        assertThat(summary.first(Verdict.FAILED)
                        .orElseThrow()
                        .failure()
                        .orElseThrow()
                        .text())
                .contains("the journal has lost ");
    }

    private static Disk neverSynced(Disk disk) {
        return (Disk) Proxy.newProxyInstance(
                Disk.class.getClassLoader(), new Class<?>[] {Disk.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("sync")) {
                        return null;
                    }
                    try {
                        return method.invoke(disk, arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
    }
}
