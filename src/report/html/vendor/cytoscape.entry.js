// Cytoscape.js under the name by which report.html calls it.
import cytoscape from 'cytoscape'

globalThis.cytoscape = cytoscape
