package org.actium.object.core;

import java.util.Objects;
import org.actium.future.api.Futures;
import org.actium.object.api.FailureListener;
import org.actium.object.spi.Facilities;
import org.actium.object.spi.InterceptorSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Gives the object space what may need it in turn. Were these references of the object space itself, they would be
 * circles of components, which a framework breaks by leaving one of them out.
 */
@Component(
        service = {},
        immediate = true)
public final class SpaceExtensions {

    private final ObjectSpace space;

    @Activate
    public SpaceExtensions(@Reference ObjectSpace space) {
        this.space = Objects.requireNonNull(space, "space");
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY,
            unbind = "withoutFutures")
    public void withFutures(Futures offered) {
        space.withFutures(offered);
    }

    public void withoutFutures(Futures gone) {
        space.withoutFutures(gone);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "withoutInterceptors")
    public void withInterceptors(InterceptorSource source) {
        space.withInterceptors(source);
    }

    public void withoutInterceptors(InterceptorSource source) {
        space.withoutInterceptors(source);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "withoutFailureListener")
    public void withFailureListener(FailureListener listener) {
        space.withFailureListener(listener);
    }

    public void withoutFailureListener(FailureListener gone) {
        space.withoutFailureListener(gone);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "withoutFacilities")
    public void withFacilities(Facilities offered) {
        space.withFacilities(offered);
    }

    public void withoutFacilities(Facilities gone) {
        space.withoutFacilities(gone);
    }
}
