package org.actium.provision;

import org.actium.runtime.api.RuntimeAddress;

/** What runtimes ask each other about bundles. */
interface BundleExchange {

    /** Under which every runtime offers it. */
    String NAME = "org.actium.bundles";

    /** The largest piece of a jar that one call returns. */
    int PIECE_BYTES = 1 << 20;

    /**
     * @throws org.actium.provision.api.ProvisionException if it is not installed there, or its jar cannot be read again
     */
    BundleOffer offer(BundleName bundle);

    /** A piece of its jar: {@link #PIECE_BYTES} from the offset, or what is left. */
    byte[] piece(BundleName bundle, long offset);

    /**
     * Fetches the bundle and all it needs from the origin, unless they are there, and starts them.
     *
     * @param offer of the origin
     * @param force also if active objects are lost, because what is there is replaced
     */
    void pull(BundleOffer offer, RuntimeAddress origin, boolean force);
}
