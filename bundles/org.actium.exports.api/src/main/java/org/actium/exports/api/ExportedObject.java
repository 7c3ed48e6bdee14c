package org.actium.exports.api;

import org.actium.runtime.api.Registration;
import org.osgi.annotation.versioning.ProviderType;

/** An object that is exported until this is closed; calls that run then go on, later ones fail. */
@ProviderType
public interface ExportedObject<T> extends Registration {

    /** What others call; here it copies arguments and results as it does elsewhere. */
    T stub();

    /** Finds it from anywhere in the domain. */
    String url();
}
