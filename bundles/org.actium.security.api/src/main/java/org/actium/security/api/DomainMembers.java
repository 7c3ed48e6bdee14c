package org.actium.security.api;

import java.util.List;
import org.actium.runtime.api.RuntimeId;
import org.osgi.annotation.versioning.ProviderType;

/** Who belongs to the domain of this runtime no longer. */
@ProviderType
public interface DomainMembers {

    /**
     * Ends the membership of a runtime, for good: every member that learns of it closes its link and accepts none any more,
     * and its certificate is not renewed. Blocks until the authority of the domain has signed that; it travels to the others
     * over their links.
     *
     * @param runtime the name of a linked runtime, or the beginning of its identity; or any identity, in 32 hexadecimal
     *     digits
     * @return whose membership has ended
     * @throws IllegalArgumentException if none or more than one is called so, naming those that are linked
     * @throws EnrolmentException if the authority is in that runtime, or cannot be reached, or this runtime has no domain
     */
    RuntimeId expel(String runtime) throws EnrolmentException;

    /** Those who were expelled and could still have a certificate that has not expired. */
    List<RuntimeId> expelled();
}
