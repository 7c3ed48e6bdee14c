package org.actium.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.inject.Inject;
import org.actium.itests.support.Containers;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.wiring.FrameworkWiring;

/** No implementation is needed by another: each can go, and all others stay resolved. */
@RunWith(PaxExam.class)
public class RemovalIT {

    @Rule
    public final Timeout deadline = Timeout.seconds(180);

    @Inject
    private BundleContext context;

    @Configuration
    public Option[] container() {
        return Containers.assembly("admin");
    }

    @Test
    public void eachImplementationCanGoWithoutAnyOtherLosingItsWires() throws Exception {
        List<Bundle> implementations = own().stream()
                .filter(bundle -> !bundle.getSymbolicName().endsWith(".api"))
                .toList();
        assertThat(implementations).as("there is something to remove").hasSizeGreaterThan(12);

        for (Bundle implementation : implementations) {
            String location = implementation.getLocation();
            remove(implementation);

            assertThat(own())
                    .as("resolved without %s", implementation.getSymbolicName())
                    .allSatisfy(bundle -> assertThat(bundle.getState())
                            .as(bundle.getSymbolicName())
                            .isGreaterThanOrEqualTo(Bundle.RESOLVED));
            context.installBundle(location).start();
        }
    }

    private void remove(Bundle bundle) throws BundleException, InterruptedException {
        CountDownLatch refreshed = new CountDownLatch(1);
        bundle.uninstall();
        FrameworkWiring wiring = context.getBundle(0).adapt(FrameworkWiring.class);
        wiring.refreshBundles(List.of(bundle), event -> {
            if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                refreshed.countDown();
            }
        });
        refreshed.await();
        wiring.resolveBundles(null);
    }

    /** The bundles of Actium itself, without those of the tests. */
    private List<Bundle> own() {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().startsWith("org.actium."))
                .filter(bundle -> !bundle.getSymbolicName().startsWith("org.actium.itests"))
                .toList();
    }
}
