/** Generated classes are this module's own; what they call is the runtime's. */
module com.acme.modular {
    requires transitive dev.opvc.runtime;

    exports com.acme.modular;
}
