package org.actium.deployment.core;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.actium.deployment.core.Extensions.Named;
import org.actium.deployment.model.Acquisition;
import org.actium.deployment.model.DescriptorElement;
import org.actium.deployment.model.JvmProcess;
import org.actium.deployment.model.Launch;
import org.actium.deployment.spi.AcquisitionProtocol;
import org.actium.deployment.spi.DeploymentProtocol;
import org.actium.deployment.spi.Job;
import org.actium.deployment.spi.LaunchRejectedException;
import org.actium.deployment.spi.LaunchRequest;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;

/** Stands in for a protocol that no installed bundle brings, so that a plan can say what would be done. Starts nothing. */
final class Missing {

    private Missing() {}

    /** The bundle that is to be installed, if one is known. */
    static Optional<String> bundle(DescriptorElement element) {
        return switch (element) {
            case Launch launch -> launch.bundle();
            case Acquisition acquisition -> acquisition.bundle();
            case JvmProcess jvm -> Optional.of("org.actium.deployment.local");
            default -> Optional.empty();
        };
    }

    static Named<DeploymentProtocol> protocol(DescriptorElement element) {
        return new Named<>(name(element), new MissingProtocol());
    }

    static Named<AcquisitionProtocol> acquisition(DescriptorElement element) {
        return new Named<>(name(element), new MissingAcquisition());
    }

    private static String name(DescriptorElement element) {
        return element.elementName() + ", which nothing installed does";
    }

    private record MissingProtocol() implements DeploymentProtocol {

        @Override
        public boolean starts(DescriptorElement element) {
            return false;
        }

        @Override
        public int runtimes(DescriptorElement element) {
            return element instanceof Launch launch ? launch.runtimes().orElse(0) : 1;
        }

        @Override
        public List<String> command(LaunchRequest request) {
            return List.of();
        }

        @Override
        public Job launch(LaunchRequest request) {
            throw new LaunchRejectedException(
                    "no installed bundle starts <" + request.element().elementName() + ">");
        }
    }

    private record MissingAcquisition() implements AcquisitionProtocol {

        @Override
        public boolean acquires(DescriptorElement element) {
            return false;
        }

        @Override
        public OptionalInt expected(DescriptorElement element) {
            return element instanceof Acquisition acquisition ? acquisition.asked() : OptionalInt.empty();
        }

        @Override
        public Registration acquire(DescriptorElement element, Predicate<RuntimeAddress> taker) {
            return () -> {};
        }
    }
}
