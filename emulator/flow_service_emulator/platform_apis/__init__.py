"""The APIs of Adobe Experience Platform beside Flow Service, as far as dataflows refer to them."""
