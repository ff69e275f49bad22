<?php
// Judge: composer/semver. Needs Debian's php-cli and php-composer-semver. A branch (`dev-…`) has no place in the order.
require '/usr/share/php/Composer/Semver/autoload.php';

use Composer\Semver\Comparator;
use Composer\Semver\VersionParser;

$parser = new VersionParser();
$versions = [];
foreach (file('php://stdin', FILE_IGNORE_NEW_LINES) as $line) {
    try {
        $version = $parser->normalize(hex2bin($line));
        $versions[] = strpos($version, 'dev-') === 0 ? null : $version;
    } catch (UnexpectedValueException $refusal) {
        $versions[] = null;
    }
}
foreach ($versions as $a) {
    $row = '';
    foreach ($a === null ? [] : $versions as $b) {
        $row .= $b === null ? '!' : (Comparator::lessThan($a, $b) ? '<' : (Comparator::greaterThan($a, $b) ? '>' : '='));
    }
    echo $a === null ? '!' : $row, "\n";
}
