"""Adobe Experience Platform's Flow Service on this machine, true to Adobe's documents."""
