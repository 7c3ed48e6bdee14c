package org.actium.itests.support;

import org.junit.runner.Result;
import org.junit.runner.notification.RunListener;

/** Takes the hosts of the test bed away when all tests have run. Named in the configuration of failsafe. */
public final class TestBedEnd extends RunListener {

    @Override
    public void testRunFinished(Result result) {
        TestBed.takeDown();
    }
}
