# A trained matrix, and what its best low-rank approximation misses. Data: figure-2.dat
set terminal svg noenhanced size 900,858 font 'Arial,13' background '#ffffff'
set encoding utf8
set output 'figure-2.svg'
set multiplot
unset key
set border 3 lc rgb '#444444'
set tics nomirror out
set palette defined (0 '#ffffff', 0.25 '#c9cfe0', 0.5 '#8a93b5', 0.75 '#46568f', 1 '#0b1f4f')
set label 901 'A trained matrix, and what its best low-rank approximation misses' at screen 0.01778,0.97203 font ',15'
set label 902 'Full-Rank, 60M proxy, seed 42: o_proj of layer 4, 32 × 32, rank 8.' at screen 0.01778,0.94639 font ',12' textcolor rgb '#555555'
set arrow 910 from screen 0.02222,0.91841 to screen 0.06222,0.91841 nohead lw 2 dt solid lc rgb '#000000'
set label 910 'W' at screen 0.06889,0.91841 left
set arrow 911 from screen 0.16667,0.91841 to screen 0.20667,0.91841 nohead lw 2 dt (12,4) lc rgb '#E69F00'
set label 911 'W − L0' at screen 0.21333,0.91841 left
set lmargin at screen 0.07333; set rmargin at screen 0.48444
set bmargin at screen 0.51515; set tmargin at screen 0.86247
set label 1 'Singular values of W' at screen 0.07333,0.88112 left
set xlabel 'Index' offset 0,0.3
set grid lc rgb '#dddddd' lt 1
set ylabel 'Singular value' offset 1,0
unset logscale y
set xrange [0:32.0]; set yrange [0.0:2.091516]
set xtics ('0' 0.0, '5' 5.0, '10' 10.0, '15' 15.0, '20' 20.0, '25' 25.0, '30' 30.0)
set ytics ('0' 0.0, '0.5' 0.5, '1' 1.0, '1.5' 1.5, '2' 2.0)
set arrow 2 from first 8.5,graph 0 to first 8.5,graph 1 nohead lw 1 dt (4,3) lc rgb '#555555' back
set label 2 'r = 8' at first 8.5,graph 0.94 left offset 0.5,0 font ',12' textcolor rgb '#333333'
plot 'figure-2.dat' index 0 using 1:2 with linespoints pt 7 ps 0.4 lw 1.8 dt solid lc rgb '#000000'
unset label
unset arrow
set lmargin at screen 0.57333; set rmargin at screen 0.98444
set bmargin at screen 0.51515; set tmargin at screen 0.86247
set label 1 'Entries up to a magnitude' at screen 0.57333,0.88112 left
set xlabel 'Magnitude' offset 0,0.3
set grid lc rgb '#dddddd' lt 1
set ylabel 'Share of entries' offset 1,0
unset logscale y
set xrange [0:0.600665]; set yrange [0.0:1.05]
set xtics ('0' 0.0, '0.1' 0.1, '0.2' 0.2, '0.3' 0.30000000000000004, '0.4' 0.4, '0.5' 0.5, '0.6' 0.6000000000000001)
set ytics ('0' 0.0, '0.2' 0.2, '0.4' 0.4, '0.6' 0.6000000000000001, '0.8' 0.8, '1' 1.0)
set arrow 2 from graph 0,first 0.97 to graph 1,first 0.97 nohead lw 1 dt (4,3) lc rgb '#555555' back
set label 2 '97 %' at graph 0.99,first 0.97 right offset 0,-0.7 font ',12' textcolor rgb '#333333'
set arrow 3 from first 0.163854,graph 0 to first 0.163854,graph 1 nohead lw 1 dt (4,3) lc rgb '#555555' back
set label 3 '0.164' at first 0.163854,graph 0.06 left offset 0.5,0 font ',12' textcolor rgb '#333333'
plot 'figure-2.dat' index 1 using 1:2 with lines lw 1.8 dt solid lc rgb '#000000', \
  'figure-2.dat' index 2 using 1:2 with lines lw 1.8 dt (12,4) lc rgb '#E69F00'
unset label
unset arrow
set lmargin at screen 0.05778; set rmargin at screen 0.37778
set bmargin at screen 0.07226; set tmargin at screen 0.41958
set label 1 '|W|' at screen 0.05778,0.43823 left
set xlabel 'Input' offset 0,0.3
unset grid
unset logscale y
set ylabel 'Output' offset 1.4,0
set xrange [-0.5:31.5]; set yrange [31.5:-0.5]
set xtics ('0' 0.0, '10' 10.0, '20' 20.0, '30' 30.0)
set ytics ('0' 0.0, '10' 10.0, '20' 20.0, '30' 30.0)
set cbrange [0:0.518566]; set cblabel 'Magnitude of an entry' offset 0.5,0
set cbtics ('0' 0.0, '0.2' 0.2, '0.4' 0.4)
plot 'figure-2.dat' index 3 matrix with image pixels
unset label
unset arrow
set lmargin at screen 0.55778; set rmargin at screen 0.87778
set bmargin at screen 0.07226; set tmargin at screen 0.41958
set label 1 '|W − L0|' at screen 0.55778,0.43823 left
set xlabel 'Input' offset 0,0.3
unset grid
unset logscale y
set ylabel 'Output' offset 1.4,0
set xrange [-0.5:31.5]; set yrange [31.5:-0.5]
set xtics ('0' 0.0, '10' 10.0, '20' 20.0, '30' 30.0)
set ytics ('0' 0.0, '10' 10.0, '20' 20.0, '30' 30.0)
set cbrange [0:0.518566]; set cblabel 'Magnitude of an entry' offset 0.5,0
set cbtics ('0' 0.0, '0.2' 0.2, '0.4' 0.4)
plot 'figure-2.dat' index 4 matrix with image pixels
unset label
unset arrow
unset multiplot
