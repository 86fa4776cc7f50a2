# Places: what people write, and files with map data.

geo-point-empty = Write a place, for example 57.7089, 11.9746.
geo-point-unreadable = This could not be read as a place. Write latitude and longitude, for example 57.7089, 11.9746, or SWEREF 99 TM, for example 6399348, 319440.
geo-point-range = These numbers are no place on earth. Minutes and seconds must be less than 60, latitude at most 90 and longitude at most 180.
geo-point-swapped = Latitude and longitude have changed places. Do you mean { $meant }?
geo-point-outside = The place { $point } lies outside Sweden.
geo-point-old-grid = These numbers are in RT 90, the old national grid. Convert them to SWEREF 99 TM or WGS 84.
geo-point-local-grid = These numbers are in a local zone of SWEREF 99. Write “SWEREF 99 12 00” before them, or convert them to SWEREF 99 TM.

geo-fault-unreadable = This cannot be read as a GeoJSON feature: { $reason }
geo-fault-no-geometry = It has no geometry and can be shown nowhere on the map.
geo-fault-few-numbers = A position has two numbers: longitude and latitude.
geo-fault-few-points = Too few points: a line has at least two, a ring at least four of which the last is the first.
geo-fault-many-points = More than { $most } points. Simplify the shape.
geo-fault-swapped = Latitude stands before longitude. GeoJSON wants longitude first.
geo-fault-outside = The place { $point } lies outside Sweden.
geo-fault-not-degrees = These numbers are no degrees. They may be metres of SWEREF 99: save the file in WGS 84.
geo-fault-unclosed = The ring is not closed: its last point must be the same as the first.
geo-fault-self-crossing = The ring crosses itself.
geo-fault-hole-outside = The hole lies outside its area.
geo-fault-rings-cross = Two rings cross each other.
geo-fault-parts-overlap = The parts of the area lie over each other.
geo-fault-nested = A collection of geometries that is empty or holds another collection.

geo-file-large = The file is larger than { $most } MB.
geo-file-not-json = The file is not JSON: line { $line }, column { $column }: { $reason }
geo-file-not-geojson = The file is JSON but not GeoJSON. It must be a FeatureCollection or a Feature.
geo-file-system = The file says that it is in the reference system { $name }. GeoJSON must be in WGS 84: save it again.
geo-file-features = The file has more than { $most } features.
geo-file-points = The file has more than { $most } points. Simplify the shapes.
geo-file-empty = The file has no features.
