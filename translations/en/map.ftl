# The map, my area, the city's own layers and addresses, and the same for other programs.

map-title = Map
map-lede = See where the city's services are, what is on and how the city is divided. The list beside the map says the same.
map-label = Map of the city
map-search = Search for a place, an address or a service
map-find = Search
map-clear = Clear the search
map-places = Addresses
map-near = What is nearby?
map-layers = Layers on the map
map-group-units = Places and services
map-group-events = What is on
map-group-areas = Areas
map-no-layers = Choose at least one layer to show.
map-none = Nothing here fits. Move the map, choose more layers or search for something else.
map-count =
    { $count ->
        [one] 1 place
       *[other] { $count } places
    }
map-within = The list shows what the map shows.
map-whole = Show the whole city
map-selection = Only the events that you chose in the calendar.
map-selection-list = Show them as a list
map-selection-all = Show all events
map-show = Show { $name } on the map
map-picture =
    { $count ->
        [0] Map without places
        [one] Map with one place, which is in the list
       *[other] Map with { $count } numbered places, which are in the list
    }
map-steps = Move the map
map-nearer = Zoom in
map-farther = Zoom out
map-north = North
map-south = South
map-west = West
map-east = East
map-gesture = Hold Ctrl and scroll to zoom
map-gesture-mac = Hold ⌘ and scroll to zoom
map-fingers = Use two fingers to move the map
map-here = Show where I am
map-here-wrong = Your position could not be found. Search for an address instead.
map-data = The map's data
map-open = Open the map at { $city }
map-demo = Made-up examples
map-embed-title = Embed the map
map-embed-lede = Show this map on another site, with the layers and the view that you have chosen.
map-embed-anybody = All sites may show the map.
map-embed-some = These sites may show the map:
map-embed-code = Code to copy
map-embed-how = Paste the code where the map is to be seen. The map stores nothing about those who visit the page.
map-embed-see = See what it looks like

area-title = My area
area-lede = Write your address and see what there is and what is on near you.
area-field = Address
area-field-hint = For example Södra vägen 12
area-field-hint-point = Latitude and longitude, for example 57.7089, 11.9746
area-go = Show
area-private = The address is not stored.
area-unknown = The address “{ $text }” is not in the register.
area-choose = Which address do you mean?
area-alike = Do you mean one of these?
area-no-district = The place lies outside the city's districts.
area-units = Nearest to you
area-no-units = There are no places to show.
area-events = On in the area
area-news = News about the area
area-until = Until { $day }
area-map = Open the map here
area-picture = Map of { $place } and what is nearest to it

map-desk-title = The map
map-desk-import = Bring in a layer
map-desk-addresses = Bring in addresses
map-desk-see = See the map
map-desk-register = The register of addresses holds { $count } addresses.
map-desk-no-register = There is no register of addresses. Without it nobody can search for an address.
map-desk-none = No layers have been brought in. Bring in the city's districts from a GeoJSON file.
map-desk-layers = Layers that were brought in
map-desk-name = Name
map-desk-key = Key
map-desk-features = Features
map-desk-organisation = Responsible
map-desk-districts = Districts
map-desk-do = Do
map-desk-yes = Yes
map-desk-no = No
map-desk-replace = Replace what it holds
map-desk-remove = Remove
done-map-removed = The layer has been removed.

map-import-title = Bring in a layer
map-import-addresses = Bring in addresses
map-import-lede = The file replaces all that the layer holds. If anything in the file is wrong, nothing is brought in.
map-import-addresses-lede = The file replaces the whole register of addresses. If anything in the file is wrong, nothing is brought in.
map-import-file = File
map-import-file-hint = GeoJSON in WGS 84, at most 32 MB.
map-import-addresses-hint = CSV with the headings street, number, letter, postcode, city, lat and lon, or GeoJSON with points.
map-import-layer = The layer's key
map-import-layer-hint = Stands in addresses. Small letters, digits and hyphens, for example stadsomraden.
map-import-name-sv = Name in Swedish
map-import-name-hint = Needed for a new layer.
map-import-name-en = Name in English
map-import-name-from = Property that names the features
map-import-name-from-hint = For example name. Left empty we look for one ourselves.
map-import-attribution = Source
map-import-attribution-hint = Shown on the map, for example © Lantmäteriet.
map-import-organisation = Responsible
map-import-districts = The layer is a division of the city (shown in My area)
map-import-shown = Shown on the map from the beginning
map-import-check = Check the file
map-import-do = Bring in
map-report-would = This is what would be done
map-report-done = The file has been brought in
map-report-again = Nothing has been changed. Choose the file again and press Bring in.
map-report-faults = The file cannot be brought in
map-report-nothing = Nothing has been changed. Put it right and try again.
map-report-added =
    { $count ->
        [one] 1 new feature
       *[other] { $count } new features
    }
map-report-changed =
    { $count ->
        [one] 1 changed feature
       *[other] { $count } changed features
    }
map-report-unchanged =
    { $count ->
        [one] 1 feature as before
       *[other] { $count } features as before
    }
map-report-removed =
    { $count ->
        [one] 1 removed feature
       *[other] { $count } removed features
    }
map-report-name-from = Names come from the property “{ $property }”.

map-error-version = Somebody else changed the layer at the same time. Try again.
map-error-layer-key = A key has 1–60 characters: small letters a–z, digits, hyphens and underscores.
map-error-layer-name = Write a Swedish name for the layer.
map-error-layer-owner = The layer belongs to another organisation.
map-error-organisation = There is no organisation with the key “{ $key }”.
map-error-owner = Choose who is responsible.
map-error-file = Choose a file.
map-error-no-name = It has no name: the property “{ $property }” is empty or missing.
map-error-long-name = The name has more than { $most } characters.
map-error-long-properties = The properties have more than { $most } characters.
map-error-id-twice = Two features have the same id, “{ $id }”.
map-error-more =
    { $count ->
        [one] And one more fault.
       *[other] And { $count } more faults.
    }
map-error-columns = The file needs the headings street, number, lat and lon (or address instead of street and number).
map-error-no-addresses = The file has no addresses.
map-error-many-addresses = The file has more than { $most } addresses.
map-error-street = There is no street, or its name is longer than 100 characters.
map-error-number = “{ $number }” is no house number.
map-error-postcode = A postcode has five digits, and a letter after the number has four characters at most.
map-error-address-twice = The address { $address } stands there twice.
map-error-not-a-point = An address must be a point.

ogc-title = The map's data
ogc-about = The city's places, events and areas for other programs, as OGC API Features. Anybody may use them.
ogc-api = Description of the API
ogc-api-about = All questions that can be asked, as OpenAPI 3.0.
ogc-conformance = Standards
ogc-conformance-about = The parts of the standard that are followed.
ogc-collections = Collections
ogc-collections-about = Each layer of the map is a collection.
ogc-items = All features
ogc-links = Other forms
ogc-before = Previous
ogc-next = Next
ogc-count =
    { $count ->
        [one] 1 feature
       *[other] { $count } features
    }
ogc-bbox = Only what lies in the rectangle west, south, east, north, in degrees.
ogc-limit = So many features in one answer.
ogc-datetime = Only what is there at a time or during one, for example 2026-11-16/2026-11-22.
ogc-offset = So many features are passed over.
ogc-f = The form of the answer.
ogc-error-any = The question cannot be answered.
ogc-error-not-found = There is nothing here.
ogc-error-form = The answer comes as JSON and HTML.
ogc-error-unknown = There is no such parameter.
ogc-error-twice = The parameter may stand once.
ogc-error-f = Must be json or html.
ogc-error-bbox = Must be four numbers: west, south, east, north.
ogc-error-bbox-range = Must be degrees: longitude at most 180 and latitude at most 90.
ogc-error-bbox-upside-down = South lies north of north.
ogc-error-number = Must be a whole number.
ogc-error-datetime = Must be a time such as 2026-11-16T12:00:00Z, a day such as 2026-11-16, or two with / between them.
